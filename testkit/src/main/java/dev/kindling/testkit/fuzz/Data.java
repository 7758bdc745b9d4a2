package dev.kindling.testkit.fuzz;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Random tables: one with a column of every kind, and smaller ones to join it with. */
final class Data {

  /** A column; {@code unique} ones hold neither NULLs nor duplicates. */
  record Column(String name, Kind kind, String sqlType, boolean unique) {}

  /**
   * A table and its rows: {@code java.time} values, {@code BigDecimal}, lists, maps and {@link
   * Kind.Fields}.
   */
  record Table(String name, List<Column> columns, List<List<Object>> rows) {
    Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /** The schema as Spark's DDL. */
    String ddl() {
      return columns.stream()
          .map(column -> column.name() + " " + column.sqlType())
          .collect(Collectors.joining(", "));
    }
  }

  private static final List<String> DECIMALS =
      List.of("DECIMAL(38,10)", "DECIMAL(18,4)", "DECIMAL(38,0)", "DECIMAL(20,18)", "DECIMAL(9,9)");

  private final RandomGenerator random;

  Data(RandomGenerator random) {
    this.random = random;
  }

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(table(1, 80, true));
    tables.add(table(2, 50, false));
    tables.add(table(3, 40, false));
    tables.add(table(4, random.nextInt(30, 200), false));
    tables.add(table(5, random.nextInt(4) == 0 ? 0 : 30, false));
    return tables;
  }

  private Table table(int number, int size, boolean every) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id" + number, Kind.SMALL, "INT", true));
    columns.add(new Column("k" + number, Kind.SMALL, "INT", false));
    columns.add(new Column("w" + number, Kind.STRING, "STRING", false));
    for (Kind kind : Kind.values()) {
      boolean stored = kind != Kind.DAYTIME && kind != Kind.YEARMONTH;
      for (int copy = 0; stored && copy < 2; copy++) {
        boolean wanted = copy == 0 ? every || random.nextInt(3) > 0 : random.nextInt(3) == 0;
        if (wanted) {
          String type =
              kind == Kind.DECIMAL && copy + number > 1
                  ? DECIMALS.get(random.nextInt(DECIMALS.size()))
                  : kind.sqlType();
          String name = kind.name().toLowerCase(Locale.ROOT) + (copy == 0 ? "" : "b") + number;
          columns.add(new Column(name, kind, type, false));
        }
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      List<Object> values = new ArrayList<>();
      for (Column column : columns) {
        values.add(value(column, row));
      }
      rows.add(java.util.Collections.unmodifiableList(values));
    }
    return new Table("t" + number, columns, rows);
  }

  private Object value(Column column, int row) {
    if (column.unique()) {
      return row + 1;
    }
    if (column.name().startsWith("k") && column.kind() == Kind.SMALL) {
      return random.nextInt(8) == 0 ? null : random.nextInt(12);
    }
    if (column.name().startsWith("w") && column.kind() == Kind.STRING) {
      return random.nextInt(8) == 0
          ? null
          : List.of("", "a", "A", "ß", "ss", "a ", "😀").get(random.nextInt(7));
    }
    Object value = column.kind().value(random);
    return value instanceof BigDecimal decimal ? fit(decimal, column.sqlType()) : value;
  }

  /** The decimal in the column's type: rounded, or its largest value. */
  private static BigDecimal fit(BigDecimal value, String type) {
    String[] digits = type.substring(type.indexOf('(') + 1, type.length() - 1).split(",");
    int precision = Integer.parseInt(digits[0].strip());
    int scale = Integer.parseInt(digits[1].strip());
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() <= precision) {
      return rounded;
    }
    BigDecimal largest =
        BigDecimal.TEN.pow(precision).subtract(BigDecimal.ONE).movePointLeft(scale).setScale(scale);
    return value.signum() < 0 ? largest.negate() : largest;
  }
}
