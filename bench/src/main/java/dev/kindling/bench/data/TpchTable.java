package dev.kindling.bench.data;

import io.trino.tpch.LineItem;
import io.trino.tpch.PartSupplier;
import io.trino.tpch.TpchEntity;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * One TPC-H table: its name, its columns in Spark's type names, and how a generated row goes into
 * DuckDB. Money and quantities are {@code DECIMAL(15,2)}, as the specification asks.
 *
 * @param <E> the generator's row class
 */
final class TpchTable<E extends TpchEntity> {

  /** One column: its name and its type as Spark's DDL spells it. */
  record Column(String name, String sparkType) {
    String duckDbType() {
      return sparkType.equals("STRING") ? "VARCHAR" : sparkType;
    }
  }

  @FunctionalInterface
  private interface RowWriter<E> {
    void append(DuckDBAppender to, E row) throws SQLException;
  }

  static final TpchTable<LineItem> LINEITEM =
      new TpchTable<>(
          io.trino.tpch.TpchTable.LINE_ITEM,
          "lineitem",
          4,
          "l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INT,"
              + " l_quantity DECIMAL(15;2), l_extendedprice DECIMAL(15;2),"
              + " l_discount DECIMAL(15;2), l_tax DECIMAL(15;2), l_returnflag STRING,"
              + " l_linestatus STRING, l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE,"
              + " l_shipinstruct STRING, l_shipmode STRING, l_comment STRING",
          (to, row) -> {
            to.append(row.getOrderKey()).append(row.getPartKey()).append(row.getSupplierKey());
            to.append(row.getLineNumber());
            // The generator counts quantities in whole pieces and rates in hundredths.
            to.appendDecimal(row.getQuantity() * 100).appendDecimal(row.getExtendedPriceInCents());
            to.appendDecimal(row.getDiscountPercent()).appendDecimal(row.getTaxPercent());
            to.append(row.getReturnFlag()).append(row.getStatus());
            to.appendEpochDays(row.getShipDate()).appendEpochDays(row.getCommitDate());
            to.appendEpochDays(row.getReceiptDate());
            to.append(row.getShipInstructions()).append(row.getShipMode()).append(row.getComment());
          });

  static final List<TpchTable<?>> ALL =
      List.of(
          LINEITEM,
          new TpchTable<>(
              io.trino.tpch.TpchTable.ORDERS,
              "orders",
              2,
              "o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus STRING,"
                  + " o_totalprice DECIMAL(15;2), o_orderdate DATE, o_orderpriority STRING,"
                  + " o_clerk STRING, o_shippriority INT, o_comment STRING",
              (to, row) -> {
                to.append(row.getOrderKey()).append(row.getCustomerKey());
                to.append(String.valueOf(row.getOrderStatus()));
                to.appendDecimal(row.getTotalPriceInCents()).appendEpochDays(row.getOrderDate());
                to.append(row.getOrderPriority()).append(row.getClerk());
                to.append(row.getShipPriority()).append(row.getComment());
              }),
          new TpchTable<PartSupplier>(
              io.trino.tpch.TpchTable.PART_SUPPLIER,
              "partsupp",
              2,
              "ps_partkey BIGINT, ps_suppkey BIGINT, ps_availqty INT,"
                  + " ps_supplycost DECIMAL(15;2), ps_comment STRING",
              (to, row) -> {
                to.append(row.getPartKey()).append(row.getSupplierKey());
                to.append(row.getAvailableQuantity()).appendDecimal(row.getSupplyCostInCents());
                to.append(row.getComment());
              }),
          new TpchTable<>(
              io.trino.tpch.TpchTable.PART,
              "part",
              1,
              "p_partkey BIGINT, p_name STRING, p_mfgr STRING, p_brand STRING, p_type STRING,"
                  + " p_size INT, p_container STRING, p_retailprice DECIMAL(15;2),"
                  + " p_comment STRING",
              (to, row) -> {
                to.append(row.getPartKey()).append(row.getName()).append(row.getManufacturer());
                to.append(row.getBrand()).append(row.getType()).append(row.getSize());
                to.append(row.getContainer()).appendDecimal(row.getRetailPriceInCents());
                to.append(row.getComment());
              }),
          new TpchTable<>(
              io.trino.tpch.TpchTable.CUSTOMER,
              "customer",
              1,
              "c_custkey BIGINT, c_name STRING, c_address STRING, c_nationkey BIGINT,"
                  + " c_phone STRING, c_acctbal DECIMAL(15;2), c_mktsegment STRING,"
                  + " c_comment STRING",
              (to, row) -> {
                to.append(row.getCustomerKey()).append(row.getName()).append(row.getAddress());
                to.append(row.getNationKey()).append(row.getPhone());
                to.appendDecimal(row.getAccountBalanceInCents()).append(row.getMarketSegment());
                to.append(row.getComment());
              }),
          new TpchTable<>(
              io.trino.tpch.TpchTable.SUPPLIER,
              "supplier",
              1,
              "s_suppkey BIGINT, s_name STRING, s_address STRING, s_nationkey BIGINT,"
                  + " s_phone STRING, s_acctbal DECIMAL(15;2), s_comment STRING",
              (to, row) -> {
                to.append(row.getSupplierKey()).append(row.getName()).append(row.getAddress());
                to.append(row.getNationKey()).append(row.getPhone());
                to.appendDecimal(row.getAccountBalanceInCents()).append(row.getComment());
              }),
          new TpchTable<>(
              io.trino.tpch.TpchTable.NATION,
              "nation",
              0,
              "n_nationkey BIGINT, n_name STRING, n_regionkey BIGINT, n_comment STRING",
              (to, row) -> {
                to.append(row.getNationKey()).append(row.getName());
                to.append(row.getRegionKey()).append(row.getComment());
              }),
          new TpchTable<>(
              io.trino.tpch.TpchTable.REGION,
              "region",
              0,
              "r_regionkey BIGINT, r_name STRING, r_comment STRING",
              (to, row) ->
                  to.append(row.getRegionKey()).append(row.getName()).append(row.getComment())));

  private final io.trino.tpch.TpchTable<E> source;
  private final String name;
  private final int filesPerScale;
  private final List<Column> columns;
  private final RowWriter<E> writer;

  private TpchTable(
      io.trino.tpch.TpchTable<E> source,
      String name,
      int filesPerScale,
      String columns,
      RowWriter<E> writer) {
    this.source = source;
    this.name = name;
    this.filesPerScale = filesPerScale;
    this.columns =
        List.of(columns.split(", ")).stream()
            .map(column -> column.split(" "))
            .map(parts -> new Column(parts[0], parts[1].replace(';', ',')))
            .toList();
    this.writer = writer;
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  /** Into how many files the table is cut at a scale; nation and region never grow. */
  int files(double scale) {
    return Math.max(1, (int) Math.ceil(filesPerScale * scale));
  }

  /** Appends part {@code part} (from 1) of {@code parts} of the table, row by row. */
  void append(DuckDBAppender to, double scale, int part, int parts) throws SQLException {
    for (E row : source.createGenerator(scale, part, parts)) {
      to.beginRow();
      writer.append(to, row);
      to.endRow();
    }
  }
}
