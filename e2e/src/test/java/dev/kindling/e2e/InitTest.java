package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A project made by {@code kindling init} does what its README says, in any folder. */
@Tag("suite")
class InitTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"etl", "sql", "java"})
  void projectPassesEveryCommandOfItsReadme(String template) {
    Path project = folder.resolve("a project");
    succeed(Cli.in(folder), "init", "--template", template, project.toString());

    Cli there = Cli.in(project);
    succeed(there, "check");
    assertThat(succeed(there, "test").out()).contains(" passed in ").doesNotContain("FAILED");
    assertThat(succeed(there, "run").out()).contains("a-project succeeded", "published:");
    assertThat(succeed(there, "plan").out()).contains("embedded");
    assertThat(Cli.in(folder).run("init", project.toString()).exitCode()).isEqualTo(2);
  }

  private static Cli.Result succeed(Cli cli, String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.exitCode())
        .as("%s%n%s%n%s", String.join(" ", args), result.out(), result.err())
        .isZero();
    return result;
  }
}
