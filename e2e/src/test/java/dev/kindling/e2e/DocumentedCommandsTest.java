package dev.kindling.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the documents that is in a block marked {@code <!-- tested -->}; {@link
 * ReadmeCommandsTest} runs those of the README at the same time.
 */
@Tag("suite")
class DocumentedCommandsTest {
  static final String MARKER = "<!-- tested -->";

  @TempDir static Path clone;

  @TestFactory
  Stream<DynamicTest> documentedCommandWorks() throws IOException {
    return new DocumentedCommands(clone)
        .tests(MARKER, document -> !document.equals(ReadmeCommandsTest.README));
  }
}
