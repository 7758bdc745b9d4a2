package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same pipeline file on this machine and on a cluster. */
@Tag("cluster")
class ClusterTargetTest {
  @TempDir static Path folder;

  @BeforeAll
  static void startCluster() {
    succeeds("cluster", "up", "--workers", "3", "--cores", "1", "--memory", "700m");
  }

  @AfterAll
  static void endCluster() {
    succeeds("cluster", "down");
  }

  private static Result kindling(String... args) {
    return Cli.in(folder).with("KINDLING_STATE", folder.resolve("state").toString()).run(args);
  }

  private static Result succeeds(String... args) {
    Result result = kindling(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  @Test
  void theExampleGivesTheSameRowsEmbeddedOnLocalSparkAndOnTheCluster() throws IOException {
    List<List<String>> runs =
        List.of(
            List.of("--engine", "embedded"),
            List.of("--engine", "spark"),
            List.of("--target", "cluster"));
    for (int i = 0; i < runs.size(); i++) {
      String project = "revenue-" + i;
      Folders.copy(Cli.root().resolve("examples/revenue"), folder.resolve(project));
      succeeds(
          Stream.concat(Stream.of("run", project), runs.get(i).stream()).toArray(String[]::new));
    }
    for (String table : List.of("best_customers", "monthly", "sales", "trend")) {
      String embedded = rows("revenue-0/out/" + table);
      assertThat(embedded.lines().count()).isGreaterThan(10);
      for (int i = 1; i < runs.size(); i++) {
        String project = "revenue-" + i;
        assertThat(rows(project + "/out/" + table))
            .as(table + " " + runs.get(i))
            .isEqualTo(embedded);
        try (Stream<Path> files = Files.walk(folder.resolve(project + "/out"))) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .noneMatch(name -> name.startsWith(".") || name.endsWith(".crc"));
        }
      }
    }
  }

  private static String rows(String path) {
    return succeeds(
            "sql",
            "--output",
            "csv",
            "-e",
            "SELECT * FROM parquet.`%s` ORDER BY ALL".formatted(folder.resolve(path)))
        .out();
  }

  @Test
  void whatDoesNotFitEndsBeforeAnythingRuns() throws IOException {
    Path project = Files.createDirectories(folder.resolve("small"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        """
        pipeline: small
        tables:
          a: { sql: SELECT 1 AS one, write: { format: parquet, path: out } }
        targets:
          dead: { master: "spark://127.0.0.1:1" }
          greedy: { master: "spark://127.0.0.1:2" }
        """);
    Result dead = kindling("run", "small", "--target", "dead");
    assertThat(dead.exitCode()).isEqualTo(5);
    assertThat(dead.err()).contains("No master of target 'dead' answers", "Connection refused");
    Result unknown = kindling("run", "small", "--target", "clutser");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("Unknown target 'clutser'", "dead, greedy");
    Result both = kindling("run", "small", "--target", "cluster", "--engine", "embedded");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(project.resolve("out")).doesNotExist();
    assertThat(project.resolve(".kindling/runs")).doesNotExist();
  }
}
