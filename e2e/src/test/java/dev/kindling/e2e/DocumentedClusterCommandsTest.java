package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the documents in a block marked {@code <!-- tested: cluster -->}. */
@Tag("cluster")
class DocumentedClusterCommandsTest {
  private static final String MARKER = "<!-- tested: cluster -->";

  @TempDir static Path clone;

  @AfterAll
  static void endWhatIsLeft() {
    Folders.names(clone.resolve("state/clusters"))
        .forEach(name -> Cli.withClusters(clone).run("cluster", "down", "--name", name));
  }

  @Test
  void theReadmeStartsACluster() throws IOException {
    assertThat(DocumentedCommands.marked(MARKER))
        .extracting(DocumentedCommands.Command::line)
        .contains("./kindling cluster up");
  }

  @TestFactory
  Stream<DynamicTest> documentedCommandWorks() throws IOException {
    return new DocumentedCommands(clone).with("KINDLING_STATE", state()).tests(MARKER);
  }

  private static String state() {
    return clone.resolve("state").toString();
  }
}
