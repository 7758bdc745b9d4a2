package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The commands of the documents, and a copy of what they name to run them in. */
final class DocumentedCommands {
  /** A copy, so that the commands write nothing into the source tree. */
  private final Path clone;

  private final Map<String, String> environment = new HashMap<>();

  DocumentedCommands(Path clone) throws IOException {
    this.clone = clone;
    Folders.copy(Cli.root().resolve("examples"), clone.resolve("examples"));
    LauncherTest.script(
        clone.resolve("kindling"), "exec '" + Cli.dist().resolve("bin/kindling") + "' \"$@\"");
    LauncherTest.script(
        Files.createDirectories(clone.resolve("bin")).resolve("kindling"),
        "exec '" + Cli.dist().resolve("bin/kindling") + "' \"$@\"");
  }

  /** A line of a document. */
  record Command(Path document, String line) {}

  /** Sets a variable for the commands. */
  DocumentedCommands with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The commands in the blocks with this marker in front, in the order of the documents. */
  static List<Command> marked(String marker) throws IOException {
    Pattern block =
        Pattern.compile(Pattern.quote(marker) + "\\s*\\n```sh\\n(.*?)```", Pattern.DOTALL);
    List<Command> commands = new ArrayList<>();
    try (Stream<Path> documents = Files.walk(Cli.root(), 3)) {
      for (Path document :
          documents
              .filter(p -> p.toString().endsWith(".md"))
              .filter(p -> !p.toString().contains("/target/"))
              .sorted()
              .toList()) {
        Matcher found = block.matcher(Files.readString(document));
        while (found.find()) {
          found
              .group(1)
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> commands.add(new Command(document, line)));
        }
      }
    }
    return commands;
  }

  /** A test for each: it must end with exit code 0. */
  Stream<DynamicTest> tests(String marker) throws IOException {
    return tests(marker, document -> true);
  }

  /** A test for each of some documents. */
  Stream<DynamicTest> tests(String marker, Predicate<Path> documents) throws IOException {
    return marked(marker).stream()
        .filter(command -> documents.test(command.document()))
        .map(
            command ->
                DynamicTest.dynamicTest(
                    Cli.root().relativize(command.document()) + ": " + command.line(),
                    () -> succeed(command.line())));
  }

  /** Runs lines of a shell, of which the first that fails is the last. */
  Result run(String lines) {
    Path script = clone.resolve("command.sh");
    try {
      LauncherTest.script(script, "set -e\n" + lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Cli cli =
        Cli.program(script, clone).with("PATH", clone.resolve("bin") + ":" + System.getenv("PATH"));
    environment.forEach(cli::with);
    return cli.run();
  }

  private void succeed(String line) {
    Result result = run(line);
    assertThat(result.exitCode()).as("%s%n%s%n%s", line, result.out(), result.err()).isZero();
  }
}
