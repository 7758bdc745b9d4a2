package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.cluster.local.Member;
import dev.kindling.cluster.local.Role;
import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.testkit.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a cluster and of its applications, as a browser shows them. */
@Tag("cluster")
class ClusterPagesTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.find(System.getenv());
    assumeTrue(program.isPresent(), Browser.MISSING);
    write("shops", "SELECT id % 4 AS shop, count(*) AS sales FROM range(1000) GROUP BY 1");
    write("endless", "SELECT id FROM range(1000000000000000) WHERE id % 7 = 8");
    Result up =
        kindling(
            "cluster",
            "up",
            "--deadline",
            "180",
            "--workers",
            "1",
            "--cores",
            "1",
            "--memory",
            "600m");
    assertThat(up.exitCode()).as(up.err()).isZero();
    browser = Browser.start(program.get());
  }

  private static void write(String pipeline, String sql) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve(pipeline)).resolve("kindling.yaml"),
        """
        pipeline: %1$s
        tables:
          %1$s: { sql: "%2$s", write: { format: parquet, path: out, mode: overwrite } }
        """
            .formatted(pipeline, sql));
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
    kindling("cluster", "down");
  }

  private static Cli cli() {
    return Cli.withClusters(folder);
  }

  private static Result kindling(String... args) {
    return cli().run(args);
  }

  private static String page(Role role) {
    Cluster cluster =
        new Clusters(
                folder.resolve("state/clusters"), SparkInstallation.ofThisProcess(), () -> false)
            .get("cluster");
    Member member = cluster.state().members(role).get(0);
    return member.daemon().url().orElseThrow() + "/";
  }

  private static void shows(String url, String screenshot, String... texts) {
    browser.open(url);
    for (String text : texts) {
      browser.awaitText(text);
    }
    browser.screenshot(SCREENSHOTS.resolve(screenshot + ".png"));
  }

  @Test
  void aFinishedRunIsOnThePagesOfMasterWorkerAndHistoryServer() {
    Result run = kindling("run", "shops", "--target", "cluster");
    assertThat(run.exitCode()).as(run.err()).isZero();

    shows(page(Role.MASTER), "master", "Workers: 1 Alive", "shops", "FINISHED");
    shows(page(Role.WORKER), "worker", "Spark Worker at", "Finished Executors (");
    shows(page(Role.HISTORY), "history", "History Server", "shops");
    String application =
        browser.link("shops").or(() -> browser.link(applicationId())).orElseThrow();
    shows(application.replaceFirst("/jobs/?$", "") + "/jobs/", "history-jobs", "Completed Jobs");
    shows(application.replaceFirst("/jobs/?$", "") + "/SQL/", "history-sql", "Completed Queries");
    assertThat(browser.errors()).isEmpty();
  }

  private static String applicationId() {
    return browser.evaluate("(document.body.innerText.match(/app-\\d+-\\d+/) || [''])[0]").asText();
  }

  @Test
  void anApplicationThatRunsHasAPageOfItsOwn() {
    Running held = cli().start("", "run", "endless", "--target", "cluster");
    try {
      Until.holds(
          () -> !held.alive() || Folders.contains(folder.resolve("endless"), "part-"),
          "a task that writes");
      assertThat(held.alive()).as(held.out() + held.err()).isTrue();

      shows(page(Role.MASTER), "master-busy", "Running Applications (1)", "endless");
      shows(
          browser.link("endless").orElseThrow(),
          "application",
          "Spark Jobs",
          "Active Jobs (",
          "endless");
    } finally {
      held.signalAll("INT");
      assertThat(held.await().exitCode()).isEqualTo(130);
    }
  }
}
