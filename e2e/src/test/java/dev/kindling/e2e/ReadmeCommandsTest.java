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

/** Runs every command of the README that is in a block marked {@code <!-- tested -->}. */
@Tag("slow")
class ReadmeCommandsTest {
  static final Path README = Cli.root().resolve("README.md");

  @TempDir static Path clone;

  @Test
  void theReadmeHasTestedCommands() throws IOException {
    assertThat(DocumentedCommands.marked(DocumentedCommandsTest.MARKER))
        .filteredOn(command -> command.document().equals(README))
        .extracting(DocumentedCommands.Command::line)
        .contains("./kindling run examples/revenue");
  }

  @TestFactory
  Stream<DynamicTest> documentedCommandWorks() throws IOException {
    return new DocumentedCommands(clone).tests(DocumentedCommandsTest.MARKER, README::equals);
  }
}
