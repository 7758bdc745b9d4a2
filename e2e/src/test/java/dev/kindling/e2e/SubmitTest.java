package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.program.Count;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own application on a real cluster with one worker of one core. */
@Tag("cluster")
class SubmitTest {
  private static final String CLASS = Count.class.getName();

  @TempDir static Path folder;

  @BeforeAll
  static void startCluster() throws IOException {
    ProgramJar.of(Count.class, folder.resolve("count.jar"));
    Result up =
        kindling(
            "cluster",
            "up",
            "--workers",
            "1",
            "--cores",
            "1",
            "--memory",
            "700m",
            "--secure",
            "--no-history");
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  @AfterAll
  static void endCluster() {
    assertThat(kindling("cluster", "down").exitCode()).isZero();
  }

  private static Result kindling(String... args) {
    return Cli.withClusters(folder).run(args);
  }

  @Test
  void anApplicationRunsInClientModeAndItsExitCodeIsTheCommands() {
    Result result =
        kindling(
            "submit",
            "--target",
            "cluster",
            "--executor-memory",
            "512m",
            "--class",
            CLASS,
            "count.jar",
            "1000",
            "7");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
    assertThat(result.out()).startsWith("sum 499500 on spark://").hasLineCount(1);
  }

  @Test
  void aDriverOnTheClusterIsFollowedAndItsLastWordsAreShown() {
    Result result =
        kindling(
            "submit",
            "--master",
            "cluster",
            "--deploy-mode",
            "cluster",
            "--driver-memory",
            "512m",
            "--executor-memory",
            "512m",
            "--class",
            CLASS,
            "count.jar");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .containsPattern("Driver driver-\\S+ was submitted")
        .containsPattern("Driver driver-\\S+ is FAILED")
        .contains("ended as FAILED", "nothing to count to");
  }

  @Test
  void whatTheClusterCannotGiveIsToldBeforeTheApplicationStarts() {
    Result large = kindling("submit", "--target", "cluster", "--class", CLASS, "count.jar", "1");
    assertThat(large.exitCode()).as(large.err()).isEqualTo(5);
    assertThat(large.err()).contains("An executor asks for 1024 MB", "--executor-memory");

    Result secret =
        kindling(
            "submit",
            "--target",
            "cluster",
            "--executor-memory",
            "512m",
            "--conf",
            "spark.authenticate.secret=wrong",
            "--class",
            CLASS,
            "count.jar",
            "1");
    assertThat(secret.exitCode()).as(secret.err()).isEqualTo(2);
    assertThat(secret.err()).contains("does not take the application", "spark.authenticate.secret");
    assertThat(large.out() + secret.out()).isEmpty();
  }
}
