package dev.kindling.junit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows to begin with: in the test itself, or in files. */
public final class Fixtures {
  private final SparkSession spark;

  private Fixtures(SparkSession spark) {
    this.spark = spark;
  }

  /** Fixtures of a session. */
  public static Fixtures of(SparkSession spark) {
    return new Fixtures(requireNonNull(spark, "spark is null"));
  }

  /** A row; its values may be null. */
  public static List<Object> row(Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  /**
   * Rows that stand in the test.
   *
   * @param schema as DDL: {@code id BIGINT, day DATE, tags ARRAY<STRING>}
   * @param rows each a value for every column, or null. A value is what Spark's {@code CAST('text'
   *     AS type)} makes of its text, so that {@code "2026-01-31"} is a DATE and {@code 2.5} a
   *     DECIMAL; an ARRAY is a list, a MAP a map, a STRUCT a list with a value for each field or a
   *     map of fields that leaves out NULL
   * @throws IllegalArgumentException when a value is none of its type, with its row and column
   */
  public Dataset<Row> table(String schema, List<?>... rows) {
    StructType type = StructType.fromDDL(schema);
    return spark.createDataFrame(new RowValues(type).rows(Arrays.asList(rows)), type);
  }

  /**
   * The rows of a CSV file whose first line has the columns of the schema, in their order. An empty
   * field is NULL.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public Dataset<Row> csv(Path file, String schema) {
    return spark
        .read()
        .schema(schema)
        .option("header", true)
        .option("enforceSchema", false)
        .option("mode", "FAILFAST")
        .csv(existing(file));
  }

  /**
   * The rows of a file with JSON objects, one after the other or in an array. A column that an
   * object leaves out is NULL.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public Dataset<Row> json(Path file, String schema) {
    return spark
        .read()
        .schema(schema)
        .option("multiLine", true)
        .option("mode", "FAILFAST")
        .json(existing(file));
  }

  /**
   * The rows of a Parquet file or folder.
   *
   * @throws IllegalArgumentException when there is no such file
   */
  public Dataset<Row> parquet(Path file) {
    return spark.read().parquet(existing(file));
  }

  private static String existing(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "There is no file %s for the rows of a test (looked from %s)"
              .formatted(file, Path.of("").toAbsolutePath()));
    }
    return file.toUri().toString();
  }
}
