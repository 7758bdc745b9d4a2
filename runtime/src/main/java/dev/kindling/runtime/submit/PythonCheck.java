package dev.kindling.runtime.submit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whether this machine's Python can run an application on this Spark. */
final class PythonCheck {
  private static final String SPARK_SERIES = "4.0.";
  private static final long DEADLINE_SECONDS = 30;

  private PythonCheck() {}

  /**
   * Asks the Python that Spark will use: the first that is named by {@code
   * spark.pyspark.driver.python}, {@code spark.pyspark.python}, PYSPARK_DRIVER_PYTHON,
   * PYSPARK_PYTHON, else {@code python3}.
   *
   * @throws KindlingException PYTHON_MISSING; USAGE when the target cannot run Python that way
   */
  static void run(Submission submission, Map<String, String> environment) {
    if (submission.onCluster()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot run %s with --deploy-mode cluster: Spark's own clusters take no applications in Python that way. Leave it out."
              .formatted(submission.application()));
    }
    String python =
        Stream.of(
                submission.setting("spark.pyspark.driver.python").orElse(null),
                submission.setting("spark.pyspark.python").orElse(null),
                environment.get("PYSPARK_DRIVER_PYTHON"),
                environment.get("PYSPARK_PYTHON"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("python3");
    String version = version(python);
    if (!version.startsWith(SPARK_SERIES)) {
      throw missing(
          "The Python package pyspark of '%s' is version %s, and this Spark is %sx: they do not understand each other."
              .formatted(python, version, SPARK_SERIES));
    }
  }

  private static String version(String python) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(python, "-c", "import py4j, pyspark; print(pyspark.__version__)"))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw missing("'%s' does not end.".formatted(python));
      }
      if (process.exitValue() != 0) {
        throw missing(
            "'%s' cannot import pyspark, which Kindling does not bring: %s."
                .formatted(python, said.lines().reduce("", (before, line) -> line)));
      }
      return said;
    } catch (IOException e) {
      throw missing("There is no Python '%s' here: %s.".formatted(python, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.");
    }
  }

  private static KindlingException missing(String what) {
    return new KindlingException(
        ErrorCode.PYTHON_MISSING,
        what
            + " Install pyspark 4.0.1 for it (python3 -m pip install pyspark==4.0.1), or name a"
            + " Python that has it with the variable PYSPARK_PYTHON.");
  }
}
