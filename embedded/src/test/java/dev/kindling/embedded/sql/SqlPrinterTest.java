package dev.kindling.embedded.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlPrinterTest {
  private static final Sql A = new Sql.Column("t", "a");
  private static final Sql B = new Sql.Column("t", "b");

  @Test
  void bracketsOnlyWhatBindsLooser() {
    Sql sum = Sql.infix(A, "+", B);
    assertThat(SqlPrinter.print(Sql.infix(sum, "*", A))).isEqualTo("(t.a + t.b) * t.a");
    assertThat(SqlPrinter.print(Sql.infix(Sql.infix(A, "*", B), "+", A)))
        .isEqualTo("t.a * t.b + t.a");
  }

  @Test
  void keepsTheOrderOfEqualOperators() {
    assertThat(SqlPrinter.print(Sql.infix(A, "-", Sql.infix(B, "-", A))))
        .isEqualTo("t.a - (t.b - t.a)");
  }

  @Test
  void bracketsComparisonsWithinComparisons() {
    assertThat(SqlPrinter.print(Sql.infix(Sql.infix(A, "=", B), "=", A)))
        .isEqualTo("(t.a = t.b) = t.a");
    assertThat(SqlPrinter.print(Sql.isNull(Sql.infix(A, "=", B)))).isEqualTo("(t.a = t.b) IS NULL");
  }

  @Test
  void bracketsABitwiseNotWithinArithmetic() {
    assertThat(SqlPrinter.print(Sql.infix(new Sql.Prefix("~", A), "%", B)))
        .isEqualTo("(~t.a) % t.b");
  }

  @Test
  void bracketsLikeBeforeIn() {
    assertThat(SqlPrinter.print(new Sql.In(Sql.infix(A, "LIKE", B), List.of(A))))
        .isEqualTo("(t.a LIKE t.b) IN (t.a)");
  }

  @Test
  void bracketsNegativeNumbersBehindAMinus() {
    assertThat(SqlPrinter.print(new Sql.Prefix("-", Sql.literal("-1")))).isEqualTo("-(-1)");
  }

  @Test
  void quotesNamesThatNeedIt() {
    assertThat(SqlPrinter.name("plain_1")).isEqualTo("plain_1");
    assertThat(SqlPrinter.name("Select")).isEqualTo("\"Select\"");
    assertThat(SqlPrinter.name("select")).isEqualTo("\"select\"");
    assertThat(SqlPrinter.name("a\"b")).isEqualTo("\"a\"\"b\"");
  }

  @Test
  void quotesStrings() {
    assertThat(SqlPrinter.print(Sql.string("it's"))).isEqualTo("'it''s'");
  }
}
