package dev.kindling.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.run.SparkFunctions;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many different queries in one process: what DuckDB and the heap keep of them stays flat. {@code
 * -Dkindling.soak.queries=10000} runs the full count.
 */
@Tag("slow")
class SparkFunctionsSoakTest {
  private static final int QUERIES = Integer.getInteger("kindling.soak.queries", 600);

  @TempDir Path scratch;

  @Test
  void differentQueriesLeaveNothingBehind() {
    EmbeddedOptions options =
        new EmbeddedOptions(OptionalLong.empty(), scratch.resolve("spill"), 2, Map.of());
    try (EmbeddedSession session = EmbeddedSession.open(options)) {
      for (int i = 0; i < 200; i++) {
        run(session, i);
      }
      int registered = session.sparkFunctions().registered();
      long before = usedHeap();
      for (int i = 200; i < 200 + QUERIES; i++) {
        run(session, i);
      }
      SparkFunctions functions = session.sparkFunctions();
      long after = usedHeap();
      System.err.printf(
          "%d different queries: %d DuckDB functions, %d expressions held, heap %d -> %d KiB%n",
          QUERIES, functions.registered(), functions.held(), before >> 10, after >> 10);
      assertThat(functions.registered()).isEqualTo(registered);
      assertThat(functions.held()).isLessThanOrEqualTo(128);
      assertThat(after - before).isLessThan(24L << 20);
    }
  }

  private static void run(EmbeddedSession session, int i) {
    PreparedQuery query =
        session.prepare(
            """
            SELECT regexp_replace(concat('k', id), '%d$', 'x%d') AS a, split(concat(id, ',%d'), ',') AS b
            FROM range(3)
            """
                .formatted(i % 10, i, i),
            Map.of());
    assertThat(query.refusals()).isEmpty();
    try (RowCursor rows = session.rows(query)) {
      while (rows.next()) {
        rows.value(0);
      }
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
