package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ApplicationLimitTest {
  private static final WorkerSize SIZE = new WorkerSize(2, 2L << 30);

  private static Optional<ApplicationLimit> limit(OptionalInt cores, OptionalLong memory) {
    return ApplicationLimit.of(new Tenants(List.of(), cores, memory), 3, SIZE);
  }

  @Test
  void dividesWhatAnApplicationGetsIntoExecutorsThatWorkersHaveRoomFor() {
    assertThat(limit(OptionalInt.empty(), OptionalLong.empty())).isEmpty();
    assertThat(limit(OptionalInt.of(1), OptionalLong.empty()))
        .contains(new ApplicationLimit(1, 1, 2048));
    assertThat(limit(OptionalInt.of(4), OptionalLong.of(1L << 30)))
        .contains(new ApplicationLimit(4, 2, 512));
    assertThat(limit(OptionalInt.empty(), OptionalLong.of(3L << 30)))
        .contains(new ApplicationLimit(6, 2, 1024));
    // An odd core stays unused, and never makes one more executor.
    assertThat(limit(OptionalInt.of(3), OptionalLong.of(1L << 30)))
        .contains(new ApplicationLimit(3, 2, 1024));
  }

  @Test
  void refusesExecutorsThatSparkDoesNotStart() {
    assertThatThrownBy(() -> limit(OptionalInt.of(6), OptionalLong.of(1L << 30)))
        .hasMessage(
            "Cannot limit applications so (--max-cores-per-app, --max-memory-per-app): 6 cores in"
                + " executors of 2 make 3 executors with 341 MB each, and Spark starts none below"
                + " 450 MB. Give more memory or fewer cores.")
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(ErrorCode.USAGE);
  }

  @Test
  void refusesNamesThatSparkWouldTakeForOthers() {
    for (String name : List.of("", "*", "a,b", " a", "a b")) {
      assertThatThrownBy(
              () -> new Tenants(List.of(name), OptionalInt.empty(), OptionalLong.empty()))
          .hasMessage(
              "Cannot use '%s' as the name of a user: accepted are up to 64 letters, digits, '.', '_', '@' and '-'.",
              name);
    }
  }
}
