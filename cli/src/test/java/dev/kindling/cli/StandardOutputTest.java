package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class StandardOutputTest {
  private static PrintStream printer(OutputStream target) {
    return new PrintStream(new BufferedOutputStream(new StandardOutput(target), 16), false);
  }

  @Test
  void aReaderThatIsGoneStopsTheWriterOnce() throws Exception {
    // Closes its end of the pipe, says so, and stays: an ended process's pipe is closed by Java.
    Process reader = new ProcessBuilder("sh", "-c", "exec <&-; echo closed; exec sleep 60").start();
    try {
      assertThat(reader.getInputStream().read()).isEqualTo('c');
      PrintStream printer = printer(reader.getOutputStream());
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  printer.println("more than the buffers of a pipe hold");
                }
              })
          .isInstanceOf(StandardOutput.ReaderGoneException.class);
      printer.println("ignored, at the end of the process");
      printer.flush();
    } finally {
      reader.destroyForcibly();
    }
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDiskIsAnError() throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      PrintStream printer = printer(full);
      assertThatThrownBy(
              () -> {
                printer.println("a line that is longer than the buffer of this test");
                printer.flush();
              })
          .isInstanceOfSatisfying(
              KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_SPACE))
          .hasMessageContaining("Cannot write to standard output");
    }
  }
}
