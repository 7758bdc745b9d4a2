package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import dev.kindling.storage.hdfs.Hdfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines whose inputs and outputs are on an HDFS of one process. */
@Tag("cluster")
class HdfsTest {
  private static final int TABLES = 12;

  @TempDir static Path folder;
  private static HadoopProcess hdfs;
  private static String root;
  private static int downloads;

  @BeforeAll
  static void start() throws IOException {
    hdfs = HadoopProcess.start("HdfsCluster", "core-site.xml", folder.resolve("hdfs"));
    Configuration conf = new Configuration(false);
    conf.addResource(new org.apache.hadoop.fs.Path(hdfs.conf().resolve("core-site.xml").toUri()));
    root = conf.get("fs.defaultFS");
    assertThat(root).startsWith("hdfs://");
  }

  @AfterAll
  static void end() throws IOException {
    hdfs.close();
  }

  private static Cli cli() {
    return Cli.withClusters(folder);
  }

  private static Result kindling(String... args) {
    return cli().run(args);
  }

  private static Result succeeds(String... args) {
    Result result = kindling(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  /** The value of a query over a folder of HDFS that is copied to the folder {@code copy} first. */
  private static String value(String path, String sql) throws IOException {
    Path copy = download(path);
    return succeeds("sql", "--output", "csv", "-e", sql.replace("copy", copy.toString()))
        .out()
        .lines()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  private static Path download(String path) throws IOException {
    Path copy = folder.resolve("downloaded-" + downloads++);
    copy(Hdfs.path(root + path), copy);
    return copy;
  }

  /** Copies a folder from one file system to another. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path source : files.toList()) {
        String name = from.relativize(source).toString();
        Path target = name.isEmpty() ? to : to.resolve(name);
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else {
          Files.copy(source, target);
        }
      }
    }
  }

  private static List<String> names(String path) throws IOException {
    try (Stream<Path> entries = Files.list(Hdfs.path(root + path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static Path project(String name, String tables) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        project.resolve("kindling.yaml"),
        "pipeline: %s%ntables:%n%s".formatted(name, tables.indent(2)));
    return project;
  }

  @Test
  void theExampleGivesTheSameRowsFromHdfsAndOnHdfsByACluster() throws IOException {
    String embedded = Revenue.embedded(folder.resolve("embedded"));
    Path project = Revenue.copy(folder.resolve("remote"), "");
    copy(project.resolve("data"), Hdfs.path(root + "/revenue/data"));
    Path file = project.resolve("kindling.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("path: data/", "path: " + root + "/revenue/data/")
            .replace("path: out/", "path: " + root + "/revenue/out/"));
    succeeds(
        "cluster",
        "up",
        "--deadline",
        "180",
        "--workers",
        "1",
        "--cores",
        "2",
        "--memory",
        "800m",
        "--no-history");
    try {
      Result run = succeeds("run", "remote", "--target", "cluster");

      assertThat(run.out()).contains(root + "/revenue/out/monthly");
      assertThat(Revenue.rows(project, download("/revenue/out").toString())).isEqualTo(embedded);
      assertThat(names("/revenue/out"))
          .containsExactly("best_customers", "monthly", "sales", "trend");
      assertThat(project.resolve("out")).doesNotExist();
    } finally {
      kindling("cluster", "down");
    }
  }

  @Test
  void modesAreThoseOfEveryStore() throws IOException {
    project(
        "modes",
        """
        appended: { sql: SELECT 1 AS one, write: { format: parquet, path: %1$s/modes/appended, mode: append } }
        kept: { sql: SELECT 1 AS one, write: { format: csv, path: %1$s/modes/kept, mode: ignore } }
        """
            .formatted(root));
    assertThat(succeeds("plan", "modes").out()).contains("its output is on HDFS");
    succeeds("run", "modes");
    succeeds("run", "modes");
    assertThat(value("/modes/appended", "SELECT count(*) FROM parquet.`copy`")).isEqualTo("2");
    assertThat(value("/modes/kept", "SELECT count(*) FROM csv.`copy`")).isEqualTo("1");

    Path project =
        project(
            "modes",
            "kept: { sql: SELECT 1 AS one, write: { format: csv, path: %s/modes/kept } }"
                .formatted(root));
    Result refused = kindling("run", "modes");
    assertThat(refused.exitCode()).as(refused.err()).isNotZero();
    assertThat(refused.err())
        .contains("Output path " + root + "/modes/kept of table 'kept' exists already");
    assertThat(project.resolve(".kindling/journal")).isEmptyDirectory();
  }

  @Test
  void whatARunThatIsKilledPublishesIsFinishedByTheNext() throws IOException {
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      tables.add(
          "t%d: { sql: SELECT :version AS v, write: { format: parquet, path: %s/killed/t%d, mode: overwrite } }"
              .formatted(i, root, i));
    }
    Path project = project("killed", String.join("\n", tables));
    Path file = project.resolve("kindling.yaml");
    Files.writeString(file, "params: { version: 1 }\n" + Files.readString(file));
    succeeds("run", "killed");

    Running running = cli().start("", "run", "killed", "--set", "version=2");
    ProcessHandle java = running.java();
    Path journal = project.resolve(".kindling/journal");
    // It is decided by the journal's name; before, the run counts as one that did not publish.
    Until.holds(
        () ->
            !running.alive()
                || Folders.names(journal).stream().anyMatch(name -> name.endsWith(".json")),
        "a run that publishes");
    java.destroyForcibly();
    running.await();
    for (String name : names("/killed")) {
      if (!name.startsWith(".")) {
        assertThat(names("/killed/" + name)).as(name).contains("_SUCCESS").hasSize(2);
      }
    }
    project("killed", table("t0", root + "/killed/t0").replace("1 AS one", "3 AS v"));
    succeeds("run", "killed");

    String union =
        IntStream.range(0, TABLES)
            .mapToObj(i -> "SELECT v FROM parquet.`copy/t" + i + "`")
            .collect(Collectors.joining(" UNION ALL "));
    assertThat(
            value(
                "/killed",
                "SELECT array_join(transform(sort_array(collect_list(v)), v -> string(v)), ' ') FROM ("
                    + union
                    + ")"))
        .isEqualTo("2 ".repeat(TABLES - 1) + "3");
    assertThat(names("/killed")).hasSize(TABLES).allMatch(name -> name.startsWith("t"));
    assertThat(journal).isEmptyDirectory();
  }

  @Test
  void whatCannotWorkIsToldBeforeAnythingRuns() throws IOException {
    refused("hdfs://127.0.0.1:1/out", "the NameNode does not answer: Connection refused");
    refused(
        "hdfs:///out", "'hdfs:///out' names no NameNode (accepted: hdfs://namenode:8020/folder)");
    refused("s3a://bucket/out", "folders of this machine and of HDFS", "not to s3a://bucket/out");
    Files.writeString(Hdfs.path(root + "/file"), "text");
    refused(root + "/file/out", "is a file, not a folder");
    refused(root + "/file", "is a file; tables are written as folders");
    Path project = project("embedded-only", table("a", root + "/embedded-only"));
    Result embedded = kindling("run", project.toString(), "--engine", "embedded");
    assertThat(embedded.exitCode()).isEqualTo(2);
    assertThat(embedded.err()).contains("its output is on HDFS, which Spark writes to");
  }

  private static String table(String name, String path) {
    return "%s: { sql: SELECT 1 AS one, write: { format: parquet, path: '%s', mode: overwrite } }"
        .formatted(name, path);
  }

  private static void refused(String path, String... message) throws IOException {
    Path project = project("refused", table("a", path));
    Result result = kindling("run", "refused");
    assertThat(result.exitCode()).as(result.err()).isIn(2, 5);
    assertThat(result.err()).contains(message).doesNotContain("INTERNAL");
    assertThat(project.resolve(".kindling/runs")).doesNotExist();
  }
}
