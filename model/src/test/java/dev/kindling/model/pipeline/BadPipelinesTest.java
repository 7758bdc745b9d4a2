package dev.kindling.model.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad pipeline files and the exact problems that they give, in {@code bad-pipelines.txt}: after
 * {@code ==} a title, the file, and after {@code --} what is reported. With {@code
 * -Dgolden.update=true} the expected problems are written anew, for review in the diff.
 */
class BadPipelinesTest {
  private static final Path CASES = Path.of("src/test/resources/pipeline/bad-pipelines.txt");

  @TempDir Path project;

  private record Case(String title, String yaml, String problems) {}

  @TestFactory
  Stream<DynamicTest> badPipelinesGiveTheirProblems() throws IOException {
    List<Case> cases = cases();
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder updated = new StringBuilder();
      for (Case c : cases) {
        updated.append("== ").append(c.title()).append('\n').append(c.yaml());
        updated.append("--\n").append(report(c.yaml()));
      }
      Files.writeString(CASES, updated);
      return Stream.empty();
    }
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.title(), () -> assertThat(report(c.yaml())).isEqualTo(c.problems())));
  }

  @Test
  void thereAreManyCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(40).allMatch(c -> c.problems().contains(" error "));
  }

  private String report(String yaml) throws IOException {
    Path file = project.resolve("kindling.yaml");
    Files.writeString(file, yaml);
    Checked checked = PipelineReader.read(file, Map.of(), name -> Optional.empty());
    StringBuilder report = new StringBuilder();
    for (Problem p : checked.problems()) {
      Position at = p.position();
      assertThat(at.file()).isEqualTo(file);
      report.append(at.line()).append(':').append(at.column()).append(' ');
      report.append(p.severity() == Severity.ERROR ? "error " : "warning ").append(p.code());
      report.append(": ").append(p.message().replace(project.toString(), "PROJECT")).append('\n');
    }
    return report.toString();
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    String text = Files.readString(CASES, UTF_8);
    for (String section : text.substring("== ".length()).split("(?m)^== ")) {
      int title = section.indexOf('\n');
      int problems = section.indexOf("\n--\n");
      cases.add(
          new Case(
              section.substring(0, title),
              section.substring(title + 1, problems < 0 ? section.length() : problems + 1),
              problems < 0 ? "" : section.substring(problems + 4)));
    }
    return cases;
  }
}
