package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that classes compute, compiled here as a user compiles them. */
@Tag("suite")
class JavaTableTest {
  private static final String HEAD =
      """
      package acme;

      import java.util.Map;
      import org.apache.spark.sql.*;

      """;

  @TempDir static Path folder;

  @BeforeAll
  static void compile() throws IOException {
    Folders.copy(Cli.root().resolve("examples/meters"), folder.resolve("meters"));
    Javac.compile(
        folder.resolve("meters/classes"), folder.resolve("meters/src/meters/Interpolation.java"));
    Path sources = Files.createDirectories(folder.resolve("src/acme"));
    Files.writeString(
        sources.resolve("Numbers.java"),
        HEAD
            + """
              public class Numbers {
                public Dataset<Row> apply(SparkSession spark, Map<String, String> options) {
                  return spark.range(Long.parseLong(options.get("rows"))).toDF("n");
                }
              }
              """);
    Files.writeString(
        sources.resolve("Raises.java"),
        HEAD
            + """
              public final class Raises {
                public static Dataset<Row> apply(Dataset<Row> rows, Map<String, String> options) {
                  if (options.containsKey("column")) {
                    return rows.select(options.get("column"));
                  }
                  throw new IllegalStateException("no model");
                }
              }
              """);
    Files.writeString(
        sources.resolve("Needs.java"),
        HEAD
            + """
              public final class Needs {
                public static Dataset<Row> apply(Dataset<Row> rows) {
                  return rows.selectExpr("n AS m").limit((int) rows.head().getLong(0) + 1);
                }
              }
              """);
    Files.writeString(
        sources.resolve("Text.java"),
        HEAD
            + """
              public final class Text {
                public static String apply(Dataset<Row> rows) {
                  return "";
                }
              }
              """);
    Javac.compile(
        folder.resolve("classes"),
        sources.resolve("Numbers.java"),
        sources.resolve("Raises.java"),
        sources.resolve("Needs.java"),
        sources.resolve("Text.java"));
  }

  private static Result succeeds(String... args) {
    Result result = Cli.in(folder).run(args);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  private static String project(String name, String tables) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        project.resolve("kindling.yaml"),
        "pipeline: %s\nclasspath: ../classes\ntables:\n%s".formatted(name, tables.indent(2)));
    return name;
  }

  @Test
  void theExampleRunsAndSaysWhyOnSpark() throws IOException {
    assertThat(succeeds("plan", "meters").out())
        .contains("daily: spark, staged")
        .contains("on Spark, because the class meters.Interpolation computes it")
        .contains("consumption: embedded");
    succeeds("run", "meters");
    assertThat(
            succeeds(
                    "sql",
                    "--output",
                    "csv",
                    "-e",
                    "SELECT * FROM parquet.`%s` ORDER BY ALL"
                        .formatted(folder.resolve("meters/out/consumption")))
                .out())
        .isEqualTo(
            """
            meter,year,month,used,estimated_days
            A1,2026,1,65.0,28
            A1,2026,2,27.0,9
            B7,2026,1,25.5,25
            B7,2026,2,3.0,3
            C3,2026,1,0.0,0
            C3,2026,3,0.0,0
            """);
  }

  @Test
  void expectationsAndOutputsAreThoseOfAnyTable() throws IOException {
    String project =
        project(
            "numbers",
            """
            numbers:
              java: { class: acme.Numbers, options: { rows: 10 } }
              expect: [ { check: n < 7, on_violation: drop } ]
              write: { format: parquet, path: out, mode: overwrite }
            straight:
              java: { class: acme.Numbers, options: { rows: 3 } }
              write: { format: csv, path: straight, mode: overwrite }
            """);
    assertThat(succeeds("run", project).out()).contains("broken by 3 rows", "left out");
    assertThat(
            succeeds(
                    "sql",
                    "--output",
                    "csv",
                    "-e",
                    "SELECT count(*), sum(n) FROM parquet.`%s`"
                        .formatted(folder.resolve(project).resolve("out")))
                .out())
        .endsWith("7,21\n");
    assertThat(Folders.names(folder.resolve(project))).contains("out", "straight", "kindling.yaml");
  }

  @Test
  void whatIsWrongWithAClassIsFoundBeforeAnythingRuns() throws IOException {
    String project =
        project(
            "wrong",
            """
            n: { sql: SELECT id AS n FROM range(3) }
            missing: { java: { class: acme.Number } }
            other: { java: { class: Numbers } }
            more: { java: { class: acme.Numbers, inputs: [n] } }
            text: { java: { class: acme.Text, inputs: n } }
            raises: { java: { class: acme.Raises, inputs: n } }
            column: { java: { class: acme.Raises, inputs: n, options: { column: m } } }
            needs: { java: { class: acme.Needs, inputs: n } }
            ddl: { java: { class: acme.Numbers, schema: n IS BIGINT } }
            """);
    Result check = Cli.in(folder).run("check", project);
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.out() + check.err())
        .contains("kindling.yaml:5:14", "There is no class acme.Number in ../classes")
        .contains("(4 classes are there). Did you mean 'acme.Numbers'?")
        .contains("There is no class Numbers", "Did you mean 'acme.Numbers'?")
        .contains("The class acme.Numbers has only 'Dataset apply(SparkSession, Map)' (accepted:")
        .contains("The class acme.Text has only 'String apply(Dataset)'")
        .contains("The class acme.Raises raised java.lang.IllegalStateException: no model")
        .contains("(Raises.java:11)")
        .contains("[UNRESOLVED_COLUMN.WITH_SUGGESTION]")
        .contains("The class acme.Needs raised", "has its columns in 'schema'")
        .contains("'schema' is no DDL");

    String nowhere = project("nowhere", "a: { java: { class: acme.Numbers } }\n");
    Path file = folder.resolve(nowhere).resolve("kindling.yaml");
    Files.writeString(file, Files.readString(file).replace("../classes", "target/classes"));
    Result there = Cli.in(folder).run("check", nowhere);
    assertThat(there.out() + there.err())
        .contains("kindling.yaml:2:12", "There is no folder and no jar", "target/classes");
  }

  @Test
  void aRunHoldsTheClassToItsColumns() throws IOException {
    String project =
        project(
            "columns",
            """
            n: { sql: SELECT id + 1 AS n FROM range(3) }
            needs: { java: { class: acme.Needs, inputs: n, schema: m BIGINT }, write: { format: parquet, path: out } }
            """);
    succeeds("run", project);
    String other =
        project(
            "others",
            """
            n: { sql: SELECT id + 1 AS n FROM range(3) }
            needs: { java: { class: acme.Needs, inputs: n, schema: m INT }, write: { format: parquet, path: out } }
            """);
    Result run = Cli.in(folder).run("run", other);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("kindling.yaml:5:12: Table 'needs': the class acme.Needs gives the columns")
        .contains("(m BIGINT), and 'schema' says (m INT)");
    assertThat(folder.resolve(other).resolve("out")).doesNotExist();
  }

  @Test
  void theEmbeddedEngineAloneRefusesIt() throws IOException {
    String project =
        project(
            "embedded",
            """
            a:
              java: { class: acme.Numbers, options: { rows: 1 }, schema: n BIGINT }
              write: { format: parquet, path: out }
            """);
    Result run = Cli.in(folder).run("run", project, "--engine", "embedded");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("JAVA_CLASS", "acme.Numbers");
  }
}
