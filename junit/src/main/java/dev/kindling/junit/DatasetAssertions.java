package dev.kindling.junit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where assertions about datasets begin. */
public final class DatasetAssertions {
  private DatasetAssertions() {}

  /**
   * An assertion about a dataset: {@code assertThat(revenue).hasSameRowsAs(expected)}. Nothing runs
   * before it is held against rows.
   */
  public static DatasetAssert assertThat(Dataset<Row> actual) {
    return new DatasetAssert(actual);
  }
}
