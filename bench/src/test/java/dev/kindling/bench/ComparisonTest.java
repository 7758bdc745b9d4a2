package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.bench.engine.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String BY_NAME = "SELECT name, price FROM t ORDER BY name DESC LIMIT 10";
  private static final String UNORDERED = "SELECT name, price FROM (SELECT * FROM u ORDER BY x) t";

  @Test
  void equalTablesHaveNoDifference() {
    ResultTable table = decimals("b 1.00", "a 2.50");
    assertThat(Comparison.difference(BY_NAME, table, decimals("b 1.00", "a 2.50"))).isEmpty();
  }

  @Test
  void theScaleOfADecimalCounts() {
    assertThat(Comparison.difference(UNORDERED, decimals("a 1.0"), decimals("a 1.00")))
        .hasValueSatisfying(text -> assertThat(text).contains("[a, 1.0]").contains("[a, 1.00]"));
  }

  @Test
  void orderCountsInTheColumnsThatTheQuerySortsBy() {
    ResultTable sorted = decimals("b 1.00", "a 2.00");
    ResultTable other = decimals("a 2.00", "b 1.00");
    assertThat(Comparison.difference(BY_NAME, other, sorted))
        .hasValueSatisfying(text -> assertThat(text).startsWith("order:"));
    assertThat(Comparison.difference(UNORDERED, other, sorted)).isEmpty();
  }

  @Test
  void rowsWithEqualSortKeysMayStandInAnyOrder() {
    assertThat(
            Comparison.difference(
                BY_NAME, decimals("a 1.00", "a 2.00"), decimals("a 2.00", "a 1.00")))
        .isEmpty();
  }

  @Test
  void aSortKeyOutsideOfTheResultAsksForTheWholeOrder() {
    String sql = "SELECT name, price FROM t ORDER BY lower(secret)";
    assertThat(Comparison.sortKeys(sql, List.of("name", "price"))).containsExactly(0, 1);
  }

  @Test
  void aRowTooManyTwiceOrTooFewIsADifference() {
    assertThat(Comparison.difference(UNORDERED, decimals("a 1.00"), decimals())).isPresent();
    assertThat(
            Comparison.difference(
                UNORDERED,
                decimals("a 1.00", "a 1.00", "b 1.00"),
                decimals("a 1.00", "b 1.00", "b 1.00")))
        .isPresent();
  }

  @Test
  void nullIsNotTheWordNull() {
    assertThat(
            Comparison.difference(UNORDERED, decimals("a NULL"), decimals("a " + ResultTable.NULL)))
        .isPresent();
  }

  @Test
  void namesAndTypesCount() {
    ResultTable table = decimals("a 1.00");
    ResultTable renamed = new ResultTable(List.of("name", "p"), table.types(), table.rows());
    ResultTable retyped =
        new ResultTable(table.names(), List.of("string", "decimal(13,2)"), table.rows());
    assertThat(Comparison.difference(UNORDERED, renamed, table)).isPresent();
    assertThat(Comparison.difference(UNORDERED, retyped, table)).isPresent();
  }

  @Test
  void floatsAgreeWithinTheToleranceAndNotBeyond() {
    ResultTable table = doubles("0.30000000000000004", "100.0");
    assertThat(Comparison.difference(UNORDERED, doubles("0.3", "100.0"), table)).isEmpty();
    assertThat(Comparison.difference(UNORDERED, doubles("0.300001", "100.0"), table)).isPresent();
    assertThat(Comparison.hasFloats(table)).isTrue();
    assertThat(Comparison.hasFloats(decimals())).isFalse();
  }

  @Test
  void theOrderOfEveryTpchQueryIsFoundInItsResult() {
    assertThat(Comparison.sortKeys(TpchQueries.sql(6), List.of("revenue"))).isEmpty();
    assertThat(
            Comparison.sortKeys(
                TpchQueries.sql(3),
                List.of("l_orderkey", "revenue", "o_orderdate", "o_shippriority")))
        .containsExactly(1, 2);
    assertThat(Comparison.sortKeys(TpchQueries.sql(9), List.of("nation", "o_year", "sum_profit")))
        .containsExactly(0, 1);
  }

  private static ResultTable decimals(String... rows) {
    return table("decimal(12,2)", rows);
  }

  private static ResultTable doubles(String first, String second) {
    return table("double", "a " + first, "b " + second);
  }

  private static ResultTable table(String type, String... rows) {
    return new ResultTable(
        List.of("name", "price"),
        List.of("string", type),
        List.of(rows).stream().map(row -> List.of(row.split(" "))).toList());
  }
}
