package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import dev.kindling.bench.engine.Ordering;
import dev.kindling.bench.engine.ResultTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Ordering BY_NAME = new Ordering(List.of(0));
  private static final Ordering UNORDERED = Ordering.NONE;

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
  void aLimitMayKeepAnyOfTheRowsWithEqualSortKeys() throws EngineFailure {
    ResultTable all = decimals("a 1.00", "b 2.00", "b 3.00");
    ResultTable kept = decimals("a 1.00", "b 2.00");
    ResultTable other = decimals("a 1.00", "b 3.00");
    assertThat(limited(kept, kept, all)).isEqualTo(new Comparison(Optional.empty(), false));
    assertThat(limited(other, kept, all)).isEqualTo(new Comparison(Optional.empty(), true));
    // A row that is not among all, or a key that sorts elsewhere, is no matter of choice.
    assertThat(limited(decimals("a 1.00", "b 4.00"), kept, all).difference())
        .hasValueSatisfying(text -> assertThat(text).contains("[b, 4.00]"));
    assertThat(limited(decimals("b 2.00", "b 3.00"), kept, all).difference())
        .hasValueSatisfying(text -> assertThat(text).startsWith("order:"));
  }

  @Test
  void withoutALimitEveryRowCounts() throws EngineFailure {
    Workload.Query query = new Workload.Query("q1", "SELECT * FROM t ORDER BY name");
    Comparison comparison =
        Comparison.of(
            query,
            BY_NAME,
            decimals("b 3.00"),
            decimals("b 2.00"),
            sql -> fail("ran again: " + sql),
            sql -> fail("ran again: " + sql));
    assertThat(comparison.difference()).isPresent();
  }

  private static Comparison limited(ResultTable ours, ResultTable reference, ResultTable all)
      throws EngineFailure {
    Workload.Query query = new Workload.Query("q1", "SELECT * FROM t ORDER BY name\nLIMIT  2 ;");
    Comparison.Runner runner =
        sql -> {
          assertThat(sql.strip()).isEqualTo("SELECT * FROM t ORDER BY name");
          return all;
        };
    return Comparison.of(query, BY_NAME, ours, reference, runner, runner);
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
