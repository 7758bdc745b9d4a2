package dev.kindling.junit;

import static dev.kindling.junit.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowValuesTest {
  private static List<Row> rows(String schema, List<?>... rows) {
    return new RowValues(StructType.fromDDL(schema)).rows(Arrays.asList(rows));
  }

  private static void assertRefused(String message, String schema, List<?>... rows) {
    assertThatThrownBy(() -> rows(schema, rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void valuesBecomeThoseOfTheirColumns() {
    assertThat(
            rows("id BIGINT, amount DECIMAL(9,2), x DOUBLE, b BOOLEAN", row(1, 2.5, "1e3", null)))
        .containsExactly(RowFactory.create(1L, new BigDecimal("2.50"), 1000.0, null));
  }

  @Test
  void nestedValuesAreListsAndMaps() {
    List<Row> rows =
        rows(
            "tags ARRAY<STRING>, s STRUCT<a: INT, b: STRING>, m MAP<STRING, INT>",
            row(List.of("a", "b"), Map.of("a", 7), Map.of("k", 1)),
            row(List.of(), List.of(8, "y"), null));

    assertThat(rows.get(0).<String>getList(0)).containsExactly("a", "b");
    assertThat(rows.get(0).getStruct(1)).isEqualTo(RowFactory.create(7, null));
    assertThat(rows.get(0).<String, Integer>getJavaMap(2)).isEqualTo(Map.of("k", 1));
    assertThat(rows.get(1).getStruct(1)).isEqualTo(RowFactory.create(8, "y"));
    assertThat(rows.get(1).isNullAt(2)).isTrue();
  }

  @Test
  void valueThatIsNoneOfItsTypeIsToldWithItsPlace() {
    assertRefused(
        "Row 2, column 'day': '2026-02-30' of java.lang.String is no DATE (accepted: what CAST takes)",
        "id INT, day DATE",
        row(1, "2026-02-28"),
        row(2, "2026-02-30"));
    assertRefused(
        "Row 1, column 'amount': '2.505' of java.lang.Double is no DECIMAL(9,2) (accepted: no more"
            + " digits after the point than the type has)",
        "amount DECIMAL(9,2)",
        row(2.505));
    assertRefused(
        "Row 1, column 's', field 'a': 'x' of java.lang.String is no INT (accepted: what CAST takes)",
        "s STRUCT<a: INT>",
        row(Map.of("a", "x")));
    assertRefused(
        "Row 1, column 's' has no field 'c' (accepted: a)",
        "s STRUCT<a: INT>",
        row(Map.of("c", 1)));
    assertRefused(
        "Row 1, column 'tags': 'a' of java.lang.String is no ARRAY<STRING> (accepted: a List)",
        "tags ARRAY<STRING>",
        row("a"));
    assertRefused(
        "Row 1 has 1 values for 2 columns (accepted: id, day)", "id INT, day DATE", row(1));
  }
}
