package dev.kindling.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.program.SqlDefaults;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.runtime.TargetSpark;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.spark.protocol.SparkSettings;
import dev.kindling.spark.protocol.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on the Spark 3.5 that a target names, on this machine. */
@Tag("cluster")
class Spark35Test {
  @TempDir static Path folder;

  @Test
  void theExampleGivesTheSameRowsOnSpark35() throws IOException {
    String embedded = Revenue.embedded(folder.resolve("embedded"));
    Path project =
        Revenue.copy(
            folder.resolve("older"), "older: { master: 'local[2]', spark_home: " + home() + " }");

    Result run = Cli.in(project).run("run", ".", "--target", "older");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(Revenue.rows(project)).isEqualTo(embedded);
  }

  @Test
  void errorsAreThoseOfAnsiMode() throws IOException {
    Path project = Files.createDirectories(folder.resolve("ansi"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        """
        pipeline: ansi
        tables:
          a:
            sql: SELECT CAST(concat(version(), id) AS INT) AS n FROM range(3)
            write: { format: parquet, path: out }
        targets:
          older: { master: "local[2]", spark_home: %s }
        """
            .formatted(home()));

    Result run = Cli.in(project).run("run", ".", "--target", "older");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).contains("kindling.yaml:4:", "CAST_INVALID_INPUT", "'3.5.6 ");
    assertThat(project.resolve("out")).doesNotExist();
  }

  private static Path home() {
    return Spark35.home();
  }

  /** Settings of Spark 3.5 and 4.0 whose defaults differ, and which change no row and no type. */
  private static final Set<String> OF_NO_CONSEQUENCE =
      Set.of(
          // How fast a query is.
          "spark.sql.maxSinglePartitionBytes",
          "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning",
          "spark.sql.sources.v2.bucketing.pushPartValues.enabled",
          // The same, said with another setting's name, or not said.
          "spark.sql.catalog.spark_catalog",
          "spark.sql.columnVector.offheap.enabled",
          // The opposite of ANSI mode, which is set.
          "spark.sql.legacy.nullInEmptyListBehavior",
          // Of a server that is not started.
          "spark.sql.thriftServer.interruptOnCancel");

  @Test
  void settingsThatDecideAboutRowsAreThoseOfSpark4() throws Exception {
    Map<String, String> now = SqlDefaults.all();
    Map<String, String> before = defaultsOf35();
    Set<String> differing = new TreeSet<>(now.keySet());
    differing.retainAll(before.keySet());
    differing.removeIf(name -> now.get(name).equals(before.get(name)));
    assertThat(differing).contains("spark.sql.ansi.enabled");

    Map<String, String> inForce = new TreeMap<>();
    try (SparkProcess spark = SparkProcess.start(settings())) {
      for (String name : differing) {
        inForce.put(
            name,
            spark.run(new Statement("SET " + name)).orThrow().inline().get(0).get(1).asText());
      }
    }

    Map<String, String> others = new TreeMap<>();
    inForce.forEach(
        (name, value) -> {
          if (!value.equals(now.get(name))) {
            others.put(name, value + " in the place of " + now.get(name));
          }
        });
    assertThat(others)
        .as("settings that Spark 3.5 has to be started with, or that are of no consequence")
        .containsOnlyKeys(OF_NO_CONSEQUENCE);
  }

  private static SparkSettings settings() {
    SparkInstallation spark =
        TargetSpark.of(
            new Target("older", "local[1]", Optional.of(home()), Optional.empty(), Map.of()));
    return SparkSettings.of(
            spark.classPath(), folder.resolve("scratch"), folder.resolve("spark.log"))
        .withConf(Map.of("spark.master", "local[1]"))
        .withHeapBytes(768L << 20);
  }

  private static Map<String, String> defaultsOf35() throws IOException, InterruptedException {
    Path classes =
        Path.of(SqlDefaults.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Process process =
        Spark35.java(folder, List.of(classes), SqlDefaults.class.getName())
            .redirectError(folder.resolve("defaults.log").toFile())
            .start();
    Map<String, String> defaults = new TreeMap<>();
    new String(process.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .map(line -> line.split("\t", 2))
        .forEach(pair -> defaults.put(pair[0], pair[1]));
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("defaults.log"))).isZero();
    return defaults;
  }
}
