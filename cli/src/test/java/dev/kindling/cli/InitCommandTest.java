package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"etl", "sql"})
  void projectRunsAtOnceOnTheEmbeddedEngine(String template) {
    String project = folder.resolve("my shop").toString();

    assertThat(Cli.launch("init", "--template", template, project).exitCode()).isZero();
    Result test = Cli.launch("test", project, "--engine", "embedded");
    assertThat(test.output() + test.errorOutput()).contains(" passed in ").doesNotContain("FAILED");
    assertThat(test.exitCode()).isZero();
    Result run = Cli.launch("run", project, "--engine", "embedded");
    assertThat(run.errorOutput()).doesNotContain("error");
    assertThat(run.output()).contains("my-shop succeeded");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void classesAreCompiledAtOnce() {
    Result result = Cli.launch("init", "--template", "java", folder.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(folder.resolve("classes/Smoothing.class")).exists();
    assertThat(Cli.launch("check", "--fast", folder.toString()).exitCode()).isZero();
  }

  @Test
  void readmesHaveTenLines() throws IOException {
    for (ProjectTemplate template : ProjectTemplate.values()) {
      assertThat(template.files("shop").get("README.md").lines()).hasSizeLessThanOrEqualTo(10);
    }
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Data.text(folder.resolve("README.md"), "mine");
    Data.text(folder.resolve("data/orders.csv"), "mine");

    Result result = Cli.launch("init", folder.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .isEqualTo(
            "error: '%s' has data/orders.csv, README.md already, and nothing is overwritten. Name a new folder: kindling init FOLDER\n"
                .formatted(folder));
    assertThat(folder.resolve("README.md")).hasContent("mine");
    assertThat(folder.resolve("kindling.yaml")).doesNotExist();
  }
}
