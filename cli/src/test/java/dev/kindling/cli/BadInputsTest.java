package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import dev.kindling.storage.ProjectDirectory;
import dev.kindling.storage.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users do wrong, and every word that they are told, in the files under {@code bad-inputs}.
 * With {@code -Dgolden.update=true} the answers are written anew, for review in the diff.
 *
 * <p>A case is a title after {@code ==}, what is there before ({@code @file}, {@code @parquet} with
 * a query of its rows, {@code @cut} to leave out the last bytes, {@code @hex}, {@code @folder},
 * {@code @running} for another run), the commands, and the answer of the last one.
 */
class BadInputsTest {
  private static final Path CASES = Path.of("src/test/resources/bad-inputs");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> answersSayWhatIsWrong() throws IOException {
    List<DynamicContainer> all = new ArrayList<>();
    for (Path file : files()) {
      all.add(container(file));
    }
    return all.stream();
  }

  @Test
  void thereAreManyCasesAndEachOnlyOnce() throws IOException {
    List<String> titles = new ArrayList<>();
    for (Path file : files()) {
      BadInput.read(file).forEach(input -> titles.add(input.title()));
    }
    assertThat(titles).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList();
    }
  }

  private DynamicContainer container(Path file) throws IOException {
    List<BadInput> cases = BadInput.read(file);
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder updated = new StringBuilder();
      for (BadInput input : cases) {
        updated.append(input.text()).append(answerOrWhyNone(input));
      }
      Files.writeString(file, updated);
      return DynamicContainer.dynamicContainer(file.getFileName().toString(), List.of());
    }
    return DynamicContainer.dynamicContainer(
        file.getFileName().toString(),
        cases.stream()
            .map(
                input ->
                    DynamicTest.dynamicTest(
                        input.title(), () -> assertThat(answer(input)).isEqualTo(input.answer()))));
  }

  // One case that breaks the rules for all does not keep the others from being written.
  private String answerOrWhyNone(BadInput input) throws IOException {
    try {
      return answer(input);
    } catch (AssertionError e) {
      return "@exit none: " + e.getMessage() + "\n";
    }
  }

  /** The answer to a case, without what differs from run to run. */
  private String answer(BadInput input) throws IOException {
    Path project =
        Files.createDirectories(Files.createTempDirectory(folder, "case").resolve("shop"));
    Optional<ProjectLock> running = Optional.empty();
    try {
      for (BadInput.Step step : input.preparation()) {
        if (step.kind().equals("running")) {
          running = Optional.of(ProjectLock.acquire(ProjectDirectory.of(project), "kindling run"));
        } else {
          prepare(step, project);
        }
      }
      List<List<String>> commands = input.commands();
      for (List<String> command : commands.subList(0, commands.size() - 1)) {
        Result result = launch(command, project);
        assertThat(result.exitCode()).as(result.errorOutput()).isZero();
      }
      Map<String, String> before = content(project);
      Result result = launch(commands.get(commands.size() - 1), project);
      assertThat(content(project)).as("nothing is written").isEqualTo(before);
      String said = result.output() + result.errorOutput();
      assertThat(said).doesNotContain("\tat ", "Internal error", "Exception");
      assertThat(said).as("secrets").doesNotContain("tell-nobody");
      return "@exit "
          + result.exitCode()
          + "\n"
          + stream("@stdout", result.output(), project)
          + stream("@stderr", result.errorOutput(), project);
    } finally {
      running.ifPresent(ProjectLock::close);
    }
  }

  private static void prepare(BadInput.Step step, Path project) throws IOException {
    Path path = project.resolve(step.subject().split(" ")[0]);
    switch (step.kind()) {
      case "file" -> Data.text(path, step.content());
      case "folder" -> Files.createDirectories(path);
      case "hex" -> {
        Files.createDirectories(path.getParent());
        Files.write(path, HexFormat.of().parseHex(step.content().replaceAll("\\s", "")));
      }
      case "cut" -> {
        byte[] bytes = Files.readAllBytes(path);
        int less = Integer.parseInt(step.subject().split(" ")[1]);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - less));
      }
      case "parquet" -> {
        try {
          Data.parquet(path, step.content());
        } catch (java.sql.SQLException e) {
          throw new IllegalStateException(step.content(), e);
        }
      }
      default -> throw new IllegalStateException("no preparation is called " + step.kind());
    }
  }

  private static Result launch(List<String> command, Path project) {
    return Cli.launch(
        command.stream()
            .map(word -> word.replace("PROJECT", project.toString()))
            .toArray(String[]::new));
  }

  /** Every file of the project with its size and time, without the records of runs. */
  private static Map<String, String> content(Path project) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.toList()) {
        boolean ours = file.startsWith(project.resolve(".kindling"));
        if (!ours || file.toString().contains("staging")) {
          boolean plain = Files.isRegularFile(file);
          content.put(
              project.relativize(file).toString(),
              plain ? Files.size(file) + " " + Files.getLastModifiedTime(file) : "");
        }
      }
    }
    return content;
  }

  private static String stream(String name, String text, Path project) {
    if (text.isEmpty()) {
      return "";
    }
    String same =
        text.replace(project.toString(), "PROJECT")
            .replaceAll("\\d{8}-\\d{6}-[0-9a-f]+", "RUN")
            .replaceAll("\\(pid \\d+[^)]*\\)", "(pid PID)")
            .replaceAll("\\b(\\d+ min )?\\d+(\\.\\d)? (ms|s)\\b", "TIME")
            // The column of times is as wide as its widest.
            .replaceAll(" +(TIME|time |–  not run)", "  $1");
    return name + "\n" + same.stripTrailing() + "\n";
  }
}
