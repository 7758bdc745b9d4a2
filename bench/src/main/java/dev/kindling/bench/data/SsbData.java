package dev.kindling.bench.data;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tables of the Star Schema Benchmark as Parquet, one folder per table: TPC-H's rows, turned
 * into a star as the benchmark's paper describes. Money is whole cents, dates are numbers such as
 * 19941231.
 */
public final class SsbData {
  private static final int LAYOUT = 1;

  // A city is the first nine letters of its nation and a digit; a brand is one of 40 of its
  // category, and not one that its part's other properties tell.
  private static final String PLACE =
      """
        %1$s_%2$skey::INT AS %1$s_%2$skey, %1$s_name, %1$s_address,
        left(rpad(n_name, 9, ' '), 9) || (%1$s_%2$skey * 7 %% 10) AS %1$s_city,
        n_name AS %1$s_nation, r_name AS %1$s_region, %1$s_phone
      """;
  private static final String PLACED =
      " JOIN nation ON %s_nationkey = n_nationkey JOIN region ON n_regionkey = r_regionkey";

  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "lineorder",
        """
        SELECT l_orderkey::INT AS lo_orderkey, l_linenumber AS lo_linenumber,
          o_custkey::INT AS lo_custkey, l_partkey::INT AS lo_partkey, l_suppkey::INT AS lo_suppkey,
          strftime(o_orderdate, '%Y%m%d')::INT AS lo_orderdate,
          o_orderpriority AS lo_orderpriority, '0' AS lo_shippriority,
          l_quantity::INT AS lo_quantity, (l_extendedprice * 100)::INT AS lo_extendedprice,
          (o_totalprice * 100)::INT AS lo_ordtotalprice, (l_discount * 100)::INT AS lo_discount,
          ((l_extendedprice * 100)::BIGINT * (100 - (l_discount * 100)::INT) // 100)::INT
            AS lo_revenue,
          (6 * (l_extendedprice * 100)::BIGINT // (10 * l_quantity::INT))::INT AS lo_supplycost,
          (l_tax * 100)::INT AS lo_tax, strftime(l_commitdate, '%Y%m%d')::INT AS lo_commitdate,
          l_shipmode AS lo_shipmode
        FROM lineitem JOIN orders ON l_orderkey = o_orderkey
        """);
    TABLES.put(
        "customer",
        "SELECT "
            + PLACE.formatted("c", "cust")
            + ", c_mktsegment FROM customer"
            + PLACED.formatted("c"));
    TABLES.put(
        "supplier",
        "SELECT " + PLACE.formatted("s", "supp") + " FROM supplier" + PLACED.formatted("s"));
    TABLES.put(
        "part",
        """
        SELECT p_partkey::INT AS p_partkey, p_name, 'MFGR#' || right(p_mfgr, 1) AS p_mfgr,
          'MFGR#' || right(p_brand, 2) AS p_category,
          'MFGR#' || right(p_brand, 2) || (p_partkey * 7919 % 40 + 1) AS p_brand1,
          split_part(p_name, ' ', 1) AS p_color, p_type, p_size, p_container
        FROM part
        """);
    TABLES.put(
        "date",
        """
        SELECT strftime(day, '%Y%m%d')::INT AS d_datekey, strftime(day, '%B %-d, %Y') AS d_date,
          dayname(day) AS d_dayofweek, monthname(day) AS d_month, year(day)::INT AS d_year,
          strftime(day, '%Y%m')::INT AS d_yearmonthnum, strftime(day, '%b%Y') AS d_yearmonth,
          (dayofweek(day) + 1)::INT AS d_daynuminweek, day(day)::INT AS d_daynuminmonth,
          dayofyear(day)::INT AS d_daynuminyear, month(day)::INT AS d_monthnuminyear,
          ((dayofyear(day) - 1) // 7 + 1)::INT AS d_weeknuminyear
        FROM (SELECT unnest(generate_series(DATE '1992-01-01', DATE '1998-12-31',
          INTERVAL 1 DAY))::DATE AS day)
        """);
  }

  private final DataFolder data;

  private SsbData(DataFolder data) {
    this.data = data;
  }

  /**
   * Finds the data in {@code folder}, or generates it there; TPC-H's rows come from, or go to, the
   * folder {@code tpch-sf<scale>} beside it.
   *
   * @param scale as in TPC-H: 1 is 6 million rows of {@code lineorder}
   * @param talk told in one line each what is being done and how long it took
   * @throws KindlingException when the folder holds something else, or cannot be written
   */
  public static SsbData prepare(Path folder, double scale, Consumer<String> talk) {
    SsbData ssb = new SsbData(new DataFolder("SSB", "ssb", LAYOUT, folder, scale));
    ssb.data.prepare(staging -> ssb.parts(staging, talk), talk);
    return ssb;
  }

  public Path folder() {
    return data.folder();
  }

  /** The names of the five tables; the files of table {@code t} are in {@code folder()/t}. */
  public static List<String> tables() {
    return List.copyOf(TABLES.keySet());
  }

  private List<DataFolder.Part> parts(Path staging, Consumer<String> talk) throws IOException {
    TpchData tpch =
        TpchData.prepare(
            data.folder().resolveSibling("tpch-sf" + DataFolder.plain(data.scale())),
            data.scale(),
            talk);
    List<DataFolder.Part> parts = new ArrayList<>();
    for (Map.Entry<String, String> table : TABLES.entrySet()) {
      Path target = Files.createDirectories(staging.resolve(table.getKey()));
      parts.add(() -> write(tpch.folder(), table.getValue(), target.resolve("part-0.parquet")));
    }
    return parts;
  }

  private static void write(Path tpch, String query, Path target) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 1");
      for (String table : TpchData.tables()) {
        statement.execute(
            "CREATE VIEW "
                + table
                + " AS FROM read_parquet("
                + DataFolder.literal(tpch.resolve(table).resolve("*.parquet"))
                + ")");
      }
      statement.execute(
          "COPY ("
              + query
              + ") TO "
              + DataFolder.literal(target)
              + " (FORMAT parquet, COMPRESSION snappy)");
    }
  }
}
