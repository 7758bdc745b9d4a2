package dev.kindling.runtime.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.runtime.RowSpool;
import dev.kindling.runtime.script.Guarantees;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.ResultColumn.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowComparisonTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("name", "STRING", Kind.TEXT),
          new ResultColumn("sum", "DOUBLE", Kind.NUMBER));

  @TempDir Path folder;

  private RowSpool rows(String[]... rows) {
    RowSpool spool = new RowSpool(folder, 2);
    for (String[] row : rows) {
      spool.add(row);
    }
    return spool;
  }

  private static String[] row(String name, String sum) {
    return new String[] {name, sum};
  }

  private static List<String> compare(RowSpool left, RowSpool right, Guarantees guarantees) {
    return new RowComparison(COLUMNS, left, right, guarantees).outcome().lines();
  }

  private static Guarantees sortedBy(int column) {
    return new Guarantees(List.of(column), false, Set.of(), Optional.empty());
  }

  @Test
  void rowsWithEqualSortKeysMayStandInAnyOrder() {
    RowSpool left = rows(row("a", "1.0"), row("a", "2.0"), row("b", "3.0"));
    RowSpool right = rows(row("a", "2.0"), row("a", "1.0"), row("b", "3.0"));

    assertThat(compare(left, right, sortedBy(0))).isEmpty();
    assertThat(compare(left, right, sortedBy(1))).hasSize(1);
  }

  @Test
  void sumsOfFloatsWithinNestedValuesMayDifferInTheirLastDigits() {
    Guarantees sums = new Guarantees(List.of(), false, Set.of(1), Optional.empty());
    RowSpool left = rows(row("a", "[405.7085090865585,1.0]"), row("b", null));

    assertThat(compare(left, rows(row("b", null), row("a", "[405.7085090865584,1.0]")), sums))
        .isEmpty();
    assertThat(compare(left, rows(row("b", null), row("a", "[405.7085090865584,1.1]")), sums))
        .isNotEmpty();
    assertThat(compare(left, rows(row("b", null), row("a", "{405.7085090865584,1.0}")), sums))
        .isNotEmpty();
    assertThat(compare(left, rows(row("b", null), row("a", "[405.7085090865584]")), sums))
        .isNotEmpty();
  }

  @Test
  void limitThroughEqualSortKeysProvesNothing() {
    Guarantees limited = new Guarantees(List.of(0), true, Set.of(), Optional.empty());
    RowSpool left = rows(row("a", "1.0"), row("b", "2.0"));

    assertThat(
            new RowComparison(COLUMNS, left, rows(row("a", "1.0"), row("b", "9.0")), limited)
                .outcome()
                .verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(
            new RowComparison(COLUMNS, left, rows(row("a", "9.0"), row("b", "2.0")), limited)
                .outcome()
                .verdict())
        .isEqualTo(Verdict.DIFFERENT);
    assertThat(
            new RowComparison(COLUMNS, left, rows(row("a", "1.0"), row("b", "9.0")), sortedBy(0))
                .outcome()
                .verdict())
        .isEqualTo(Verdict.DIFFERENT);
  }

  @Test
  void orderDoesNotMatterUnlessItIsAskedFor() {
    RowSpool left = rows(row("a", "1.0"), row("b", "2.0"));
    RowSpool right = rows(row("b", "2.0"), row("a", "1.0"));

    assertThat(compare(left, right, Guarantees.UNORDERED)).isEmpty();
    assertThat(compare(left, right, sortedBy(0)))
        .singleElement()
        .asString()
        .contains("from row 1 on in another order");
  }

  @Test
  void countsHowOftenARowOccurs() {
    RowSpool left = rows(row("a", "1.0"), row("a", "1.0"), row("b", "2.0"));
    RowSpool right = rows(row("a", "1.0"), row("b", "2.0"), row("b", "2.0"));

    assertThat(compare(left, right, Guarantees.UNORDERED))
        .containsExactly("only embedded: name=a, sum=1.0", "only Spark:    name=b, sum=2.0");
  }

  @Test
  void tellsNullFromEmptyTextAndFromTheWord() {
    RowSpool left = rows(row(null, "1.0"));

    assertThat(compare(left, rows(row("", "1.0")), Guarantees.UNORDERED)).hasSize(2);
    assertThat(compare(left, rows(row("NULL", "1.0")), Guarantees.UNORDERED)).hasSize(2);
    assertThat(compare(left, rows(row(null, "1.0")), Guarantees.UNORDERED)).isEmpty();
  }

  @Test
  void doesNotLetACellRunIntoTheNext() {
    assertThat(compare(rows(row("ab", "c")), rows(row("a", "bc")), Guarantees.UNORDERED))
        .isNotEmpty();
  }

  @Test
  void sumsOfFloatingPointNumbersMayDifferInTheLastDigits() {
    Guarantees sums = new Guarantees(List.of(), false, Set.of(1), Optional.empty());
    RowSpool left = rows(row("a", "0.30000000000000004"), row("b", "NaN"), row("c", null));

    assertThat(compare(left, rows(row("c", null), row("b", "NaN"), row("a", "0.3")), sums))
        .isEmpty();
    assertThat(compare(left, rows(row("c", null), row("b", "NaN"), row("a", "0.3001")), sums))
        .containsExactly(
            "embedded: name=a, sum=0.30000000000000004", "Spark:    name=a, sum=0.3001");
    assertThat(compare(left, rows(row("c", "0.0"), row("b", "NaN"), row("a", "0.3")), sums))
        .isNotEmpty();
  }

  @Test
  void saysHowManyRowsThereAre() {
    assertThat(compare(rows(row("a", "1")), rows(), Guarantees.UNORDERED))
        .containsExactly("embedded has 1 rows, Spark 0", "only embedded: name=a, sum=1");
  }
}
