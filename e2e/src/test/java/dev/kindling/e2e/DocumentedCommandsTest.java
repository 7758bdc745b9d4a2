package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the documents that is in a block marked {@code <!-- tested -->}. */
@Tag("slow")
class DocumentedCommandsTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- tested -->\\s*\\n```sh\\n(.*?)```", Pattern.DOTALL);

  /** A copy of what the commands name, so that they write nothing into the source tree. */
  @TempDir static Path clone;

  @BeforeAll
  static void copyExamples() throws IOException {
    Folders.copy(Cli.root().resolve("examples"), clone.resolve("examples"));
    LauncherTest.script(
        clone.resolve("kindling"), "exec '" + Cli.dist().resolve("bin/kindling") + "' \"$@\"");
    LauncherTest.script(
        Files.createDirectories(clone.resolve("bin")).resolve("kindling"),
        "exec '" + Cli.dist().resolve("bin/kindling") + "' \"$@\"");
  }

  private record Command(Path document, String line) {}

  private static List<Command> commands() throws IOException {
    List<Command> commands = new ArrayList<>();
    try (Stream<Path> documents = Files.walk(Cli.root(), 3)) {
      for (Path document :
          documents
              .filter(p -> p.toString().endsWith(".md"))
              .filter(p -> !p.toString().contains("/target/"))
              .sorted()
              .toList()) {
        Matcher block = BLOCK.matcher(Files.readString(document));
        while (block.find()) {
          block
              .group(1)
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> commands.add(new Command(document, line)));
        }
      }
    }
    return commands;
  }

  @Test
  void theReadmeHasTestedCommands() throws IOException {
    assertThat(commands()).extracting(Command::line).contains("./kindling run examples/revenue");
  }

  @TestFactory
  Stream<DynamicTest> documentedCommandWorks() throws IOException {
    return commands().stream()
        .map(
            command ->
                DynamicTest.dynamicTest(
                    Cli.root().relativize(command.document()) + ": " + command.line(),
                    () -> run(command.line())));
  }

  private static void run(String line) throws IOException {
    Path script = clone.resolve("command.sh");
    LauncherTest.script(script, line);
    Result result =
        Cli.program(script, clone)
            .with("PATH", clone.resolve("bin") + ":" + System.getenv("PATH"))
            .run();
    assertThat(result.exitCode()).as("%s%n%s%n%s", line, result.out(), result.err()).isZero();
  }
}
