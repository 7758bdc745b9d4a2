package dev.kindling.bench;

import dev.kindling.bench.engine.EngineProcess;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.testkit.suite.SuiteMain;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** {@code bench suite}: Spark's own SQL tests on both engines, in a JVM of their own. */
final class SuiteBench {
  private SuiteBench() {}

  /**
   * Runs it.
   *
   * @param out gets the totals
   * @return 0 when no answer differs, 1 when one does
   */
  static int run(List<String> arguments, PrintStream out) {
    List<String> command = new ArrayList<>(EngineProcess.sparkJava(3L << 30));
    command.add(SuiteMain.class.getName());
    command.addAll(arguments);
    try {
      Process suite =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      suite.getInputStream().transferTo(out);
      return suite.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "The benchmark was interrupted", e);
    }
  }
}
