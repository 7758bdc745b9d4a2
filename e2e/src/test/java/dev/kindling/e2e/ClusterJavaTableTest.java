package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of a project's own jar, in the tasks that run on the executors of a cluster. */
@Tag("cluster")
class ClusterJavaTableTest {
  @TempDir static Path folder;

  @BeforeAll
  static void startCluster() {
    Result up =
        kindling(
            "cluster",
            "up",
            "--deadline",
            "180",
            "--workers",
            "2",
            "--cores",
            "1",
            "--memory",
            "600m",
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
  void aFunctionAndAPartitionsWorkRunOnTheExecutors() throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    jar(project.resolve("lib/acme.jar"));
    Files.writeString(
        project.resolve("kindling.yaml"),
        """
        pipeline: marks
        classpath: lib/acme.jar
        tables:
          numbers: { sql: "SELECT id AS n FROM range(0, 100, 1, 4)" }
          marked:
            java: { class: acme.Marked, inputs: [numbers] }
            write: { format: parquet, path: out }
        """);

    Result run = kindling("run", "project", "--target", "cluster");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    Result rows =
        kindling(
            "sql",
            "--output",
            "csv",
            "-e",
            """
            SELECT count(*) AS rows, sum(n) AS n, sum(twice) AS twice,
              count_if(of_function = 'driver' OR of_partition = 'driver') AS on_driver,
              count_if(text <> concat('<', n, '>')) AS other_texts
            FROM parquet.`%s`
            """
                .formatted(project.resolve("out")));
    assertThat(rows.out()).isEqualTo("rows,n,twice,on_driver,other_texts\n100,4950,9900,0,0\n");
  }

  /** A jar with a class that computes a table, and another that its tasks need. */
  private static void jar(Path jar) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/acme"));
    Files.writeString(
        sources.resolve("Marked.java"),
        """
        package acme;

        import org.apache.spark.SparkEnv;
        import org.apache.spark.api.java.function.MapPartitionsFunction;
        import org.apache.spark.sql.*;
        import org.apache.spark.sql.types.DataTypes;

        public final class Marked {
          public static Dataset<Row> apply(SparkSession spark, Dataset<Row> numbers) {
            spark.udf().register("twice", (Long n) -> Texts.twice(n), DataTypes.LongType);
            spark.udf().register("place", (Long n) -> Texts.place(), DataTypes.StringType);
            return numbers
                .selectExpr("n", "twice(n) AS twice", "place(n) AS of_function")
                .mapPartitions(
                    (MapPartitionsFunction<Row, Row>) Texts::mark,
                    Encoders.row(Texts.SCHEMA));
          }
        }
        """);
    Files.writeString(
        sources.resolve("Texts.java"),
        """
        package acme;

        import java.util.ArrayList;
        import java.util.Iterator;
        import java.util.List;
        import org.apache.spark.SparkEnv;
        import org.apache.spark.sql.*;
        import org.apache.spark.sql.types.StructType;

        final class Texts {
          static final StructType SCHEMA =
              StructType.fromDDL(
                  "n BIGINT, twice BIGINT, of_function STRING, of_partition STRING, text STRING");

          static long twice(long n) {
            return 2 * n;
          }

          static String place() {
            return SparkEnv.get().executorId();
          }

          static Iterator<Row> mark(Iterator<Row> rows) {
            List<Row> marked = new ArrayList<>();
            rows.forEachRemaining(
                row ->
                    marked.add(
                        RowFactory.create(
                            row.getLong(0),
                            row.getLong(1),
                            row.getString(2),
                            place(),
                            "<" + row.getLong(0) + ">")));
            return marked.iterator();
          }
        }
        """);
    Path classes = folder.resolve("classes");
    Javac.compile(classes, sources.resolve("Marked.java"), sources.resolve("Texts.java"));
    Files.createDirectories(jar.getParent());
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                classes.toString(),
                ".");
    assertThat(code).isZero();
  }
}
