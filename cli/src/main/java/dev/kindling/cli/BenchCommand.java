package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * {@code kindling bench}: hands its arguments to the benchmarks, which use this module and not the
 * other way round; so their class is found by its name. Their options are their own business.
 */
final class BenchCommand {
  static final String NAME = "bench";

  static final Manual MANUAL =
      Manual.of(
              "Measure Kindling, DuckDB and Spark side by side.",
              "'kindling bench --help' shows the benchmarks and their options.")
          .exit(1, "An answer differs from Spark's, or --min is not reached.")
          .example("Show what can be measured", "kindling bench --help")
          .see("performance.md");

  private static final String CLASS = "dev.kindling.bench.Bench";

  private BenchCommand() {}

  static int run(List<String> words) throws Exception {
    Method run;
    try {
      run = Class.forName(CLASS).getMethod("run", String[].class);
    } catch (ClassNotFoundException e) {
      throw new KindlingException(
          ErrorCode.USAGE, "This installation comes without the benchmarks.", e);
    }
    try {
      return (int) run.invoke(null, (Object) words.toArray(new String[0]));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
