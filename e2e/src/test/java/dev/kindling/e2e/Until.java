package dev.kindling.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Waits for what other processes do. */
final class Until {
  private static final Duration DEADLINE = Duration.ofSeconds(180);

  private Until() {}

  static <T> T present(Supplier<Optional<T>> look, String what) {
    return Awaitility.await(what)
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .until(look::get, Optional::isPresent)
        .orElseThrow();
  }

  static void holds(BooleanSupplier look, String what) {
    Awaitility.await(what)
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .until(look::getAsBoolean);
  }
}
