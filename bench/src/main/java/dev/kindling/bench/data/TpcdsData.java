package dev.kindling.bench.data;

import dev.kindling.model.error.KindlingException;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The TPC-DS tables as Parquet, one folder per table, made by a public port of TPC's generator: the
 * same scale gives the same rows on every machine.
 */
public final class TpcdsData {
  private static final int LAYOUT = 1;

  private static final Set<Table> LARGE =
      EnumSet.of(
          Table.STORE_SALES,
          Table.CATALOG_SALES,
          Table.WEB_SALES,
          Table.INVENTORY,
          Table.CUSTOMER_DEMOGRAPHICS);

  // No query reads what describes the generation itself.
  private static final List<Table> TABLES =
      Table.getBaseTables().stream()
          .filter(table -> table != Table.DBGEN_VERSION)
          // The largest first, so that none of them is left for the end.
          .sorted(Comparator.comparing(table -> !LARGE.contains(table)))
          .toList();

  private final DataFolder data;

  private TpcdsData(DataFolder data) {
    this.data = data;
  }

  /**
   * Finds the data in {@code folder}, or generates it there.
   *
   * @param scale TPC-DS's scale factor: 1 is 2.9 million rows of {@code store_sales}, about 400 MB
   *     of Parquet in all
   * @param talk told in one line each what is being done and how long it took
   * @throws KindlingException when the folder holds something else, or cannot be written
   */
  public static TpcdsData prepare(Path folder, double scale, Consumer<String> talk) {
    TpcdsData tpcds = new TpcdsData(new DataFolder("TPC-DS", "tpcds", LAYOUT, folder, scale));
    tpcds.data.prepare(tpcds::parts, talk);
    return tpcds;
  }

  public Path folder() {
    return data.folder();
  }

  /** The names of the 24 tables; the files of table {@code t} are in {@code folder()/t}. */
  public static List<String> tables() {
    return TABLES.stream().map(Table::getName).toList();
  }

  private List<DataFolder.Part> parts(Path staging) throws IOException {
    List<DataFolder.Part> parts = new ArrayList<>();
    for (Table table : TABLES) {
      Files.createDirectories(staging.resolve(table.getName()));
      if (table.isChild()) {
        // Its rows come with those of its parent: what is returned was sold before.
        continue;
      }
      int files = Math.max(1, (int) Math.ceil(data.scale()));
      for (int file = 1; file <= files; file++) {
        Session session =
            Session.getDefaultSession()
                .withScale(data.scale())
                .withParallelism(files)
                .withChunkNumber(file);
        parts.add(() -> writePart(table, session, staging));
      }
    }
    return parts;
  }

  private static void writePart(Table table, Session session, Path staging) throws SQLException {
    try (DuckDBConnection duckDb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      List<Table> tables = table.hasChild() ? List.of(table, table.getChild()) : List.of(table);
      for (Table each : tables) {
        statement.execute(
            Arrays.stream(each.getColumns())
                .map(column -> name(column) + " " + duckDbType(column.getType()))
                .collect(Collectors.joining(", ", "CREATE TABLE " + each.getName() + " (", ")")));
      }
      append(table, session, duckDb);
      for (Table each : tables) {
        Path target =
            staging
                .resolve(each.getName())
                .resolve("part-" + (session.getChunkNumber() - 1) + ".parquet");
        statement.execute(
            "COPY "
                + each.getName()
                + " TO "
                + DataFolder.literal(target)
                + " (FORMAT parquet, COMPRESSION snappy)");
      }
    }
  }

  private static void append(Table table, Session session, DuckDBConnection duckDb)
      throws SQLException {
    try (DuckDBAppender rows = duckDb.createAppender(table.getName());
        DuckDBAppender children =
            duckDb.createAppender((table.hasChild() ? table.getChild() : table).getName())) {
      for (List<List<String>> row : Results.constructResults(table, session)) {
        append(rows, table, row.get(0));
        if (row.size() > 1) {
          append(children, table.getChild(), row.get(1));
        }
      }
    }
  }

  private static void append(DuckDBAppender to, Table table, List<String> values)
      throws SQLException {
    Column[] columns = table.getColumns();
    to.beginRow();
    for (int i = 0; i < columns.length; i++) {
      String value = values.get(i);
      if (value == null) {
        to.appendNull();
        continue;
      }
      ColumnType type = columns[i].getType();
      switch (type.getBase()) {
        case INTEGER, IDENTIFIER -> to.append(Integer.parseInt(value));
        case DATE -> to.appendEpochDays((int) LocalDate.parse(value).toEpochDay());
        case DECIMAL -> to.append(new BigDecimal(value).setScale(type.getScale().orElseThrow()));
        case VARCHAR, CHAR, TIME -> to.append(value);
      }
    }
    to.endRow();
  }

  // The specification's name; the generator says that it is a key.
  private static String name(Column column) {
    return column.getName().replace("c_last_review_date_sk", "c_last_review_date");
  }

  private static String duckDbType(ColumnType type) {
    return switch (type.getBase()) {
      // Keys stay below 2^31 up to a scale of 1000.
      case INTEGER, IDENTIFIER -> "INTEGER";
      case DATE -> "DATE";
      case DECIMAL ->
          "DECIMAL(%d,%d)"
              .formatted(type.getPrecision().orElseThrow(), type.getScale().orElseThrow());
      case VARCHAR, CHAR, TIME -> "VARCHAR";
    };
  }
}
