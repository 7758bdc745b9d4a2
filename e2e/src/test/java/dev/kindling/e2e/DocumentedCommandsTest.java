package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the documents that is in a block marked {@code <!-- tested -->}. */
@Tag("slow")
class DocumentedCommandsTest {
  private static final String MARKER = "<!-- tested -->";

  @TempDir static Path clone;

  @Test
  void theReadmeHasTestedCommands() throws IOException {
    assertThat(DocumentedCommands.marked(MARKER))
        .extracting(DocumentedCommands.Command::line)
        .contains("./kindling run examples/revenue");
  }

  @TestFactory
  Stream<DynamicTest> documentedCommandWorks() throws IOException {
    return new DocumentedCommands(clone).tests(MARKER);
  }
}
