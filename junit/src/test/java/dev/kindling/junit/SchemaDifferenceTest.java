package dev.kindling.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SchemaDifferenceTest {
  private static List<String> between(String expected, String found) {
    return SchemaDifference.between(StructType.fromDDL(expected), StructType.fromDDL(found), false);
  }

  @Test
  void namesTypesAndOrderCount() {
    assertThat(between("id BIGINT, tags ARRAY<STRING>", "ID BIGINT, tags ARRAY<STRING>")).isEmpty();
    assertThat(
            between("id BIGINT, amount DECIMAL(9,2), day DATE", "id INT, day DATE, price DOUBLE"))
        .containsExactly(
            "id  expected BIGINT, found INT",
            "amount  missing, expected DECIMAL(9,2)",
            "price  not expected, DOUBLE");
    assertThat(between("id BIGINT, day DATE", "day DATE, id BIGINT"))
        .containsExactly("order  expected id, day", "       found day, id");
    assertThat(between("s STRUCT<a: INT, b: INT>", "s STRUCT<a: INT, b: DATE>"))
        .containsExactly("s  expected STRUCT<a: INT, b: INT>, found STRUCT<a: INT, b: DATE>");
  }

  @Test
  void nullsCountWhereItIsAskedFor() {
    StructType filled = StructType.fromDDL("id BIGINT NOT NULL, s STRUCT<a: INT NOT NULL>");
    StructType open = StructType.fromDDL("id BIGINT, s STRUCT<a: INT>");

    assertThat(SchemaDifference.between(filled, open, false)).isEmpty();
    assertThat(SchemaDifference.between(filled, open, true))
        .containsExactly(
            "id  expected BIGINT NOT NULL, found BIGINT",
            "s  expected STRUCT<a: INT NOT NULL>, found STRUCT<a: INT>");
  }
}
