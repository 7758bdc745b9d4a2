package dev.kindling.junit;

import dev.kindling.model.rows.DifferenceText;
import dev.kindling.model.rows.RowDifference;
import dev.kindling.model.rows.RowMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the rows of a dataset. Names and types of the columns have to be the same, NULL
 * in a column that may not hold any is no difference, and the order of the rows is none either,
 * unless asked otherwise. Values are compared to the last digit: NaN equals NaN, {@code 0.0} and
 * {@code -0.0} differ.
 */
public final class DatasetAssert extends AbstractAssert<DatasetAssert, Dataset<Row>> {
  /** Differing rows that are shown; the rest is counted. */
  private static final int SHOWN = 10;

  private List<String> columns = List.of();
  private boolean ordered;
  private boolean nullability;
  private double tolerance;

  DatasetAssert(Dataset<Row> actual) {
    super(actual, DatasetAssert.class);
  }

  /** Compares these columns only; the others need not be the same, or there. */
  public DatasetAssert onColumns(String... names) {
    columns = List.of(names);
    return this;
  }

  /** Compares the rows in their order. */
  public DatasetAssert inOrder() {
    ordered = true;
    return this;
  }

  /**
   * Lets FLOAT and DOUBLE values, in arrays, maps and structs too, be apart.
   *
   * @param most how far, at most, in the values' own unit
   */
  public DatasetAssert withTolerance(double most) {
    if (!(most >= 0)) {
      throw new IllegalArgumentException("A tolerance is a number from 0 on, found " + most);
    }
    tolerance = most;
    return this;
  }

  /** Takes it for a difference too whether a column may hold NULL. */
  public DatasetAssert withNullability() {
    nullability = true;
    return this;
  }

  /** Verifies that the dataset has the columns and the rows of another one. */
  public DatasetAssert hasSameRowsAs(Dataset<Row> expected) {
    isNotNull();
    Dataset<Row> should = narrowed(expected, "The expected dataset");
    Dataset<Row> is = narrowed(actual, "The dataset");
    List<String> differing = SchemaDifference.between(should.schema(), is.schema(), nullability);
    if (!differing.isEmpty()) {
      fail("The columns differ:", differing);
    }
    compare(should, is);
    return this;
  }

  /**
   * Verifies that the dataset has these rows and no other.
   *
   * @param rows each a value for every compared column, in their order, as {@link Fixtures#table}
   *     takes them
   */
  public DatasetAssert hasRows(List<?>... rows) {
    isNotNull();
    Dataset<Row> is = narrowed(actual, "The dataset");
    StructType schema = is.schema();
    compare(
        is.sparkSession().createDataFrame(new RowValues(schema).rows(Arrays.asList(rows)), schema),
        is);
    return this;
  }

  /** Verifies that the dataset has no rows. */
  public DatasetAssert hasNoRows() {
    return hasRows();
  }

  private Dataset<Row> narrowed(Dataset<Row> dataset, String what) {
    if (columns.isEmpty()) {
      return dataset;
    }
    List<String> there = List.of(dataset.columns());
    for (String name : columns) {
      if (there.stream().noneMatch(name::equalsIgnoreCase)) {
        fail(
            "%s has no column '%s' (found: %s)".formatted(what, name, String.join(", ", there)),
            List.of());
      }
    }
    return dataset.select(
        columns.stream()
            .map(name -> functions.col("`" + name.replace("`", "``") + "`").as(name))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  private void compare(Dataset<Row> should, Dataset<Row> is) {
    StructType schema = is.schema();
    List<List<Optional<Object>>> expected = Cells.of(should.collectAsList());
    List<List<Optional<Object>>> found = Cells.of(is.collectAsList());
    RowMatch<Optional<Object>> match =
        new RowMatch<>(expected, found, new Tolerance(schema, tolerance));
    List<RowDifference<Optional<Object>>> differences =
        ordered ? match.inOrder() : match.inAnyOrder();
    if (differences.isEmpty()) {
      return;
    }
    DifferenceText text = new DifferenceText(List.of(schema.fieldNames()));
    List<String> lines =
        differences.stream()
            .limit(SHOWN)
            .flatMap(difference -> text.lines(difference.map(Cells::texts)).stream())
            .collect(java.util.stream.Collectors.toList());
    if (differences.size() > SHOWN) {
      lines.add("… and " + count(differences.size() - SHOWN) + " more");
    }
    fail(
        "The rows differ%s: expected %s, found %s"
            .formatted(ordered ? ", in order" : "", count(expected.size()), count(found.size())),
        lines);
  }

  private static String count(int rows) {
    return rows + (rows == 1 ? " row" : " rows");
  }

  private void fail(String what, List<String> lines) {
    StringBuilder message = new StringBuilder(what);
    lines.forEach(line -> message.append(System.lineSeparator()).append("  ").append(line));
    failWithMessage("%s", message);
  }
}
