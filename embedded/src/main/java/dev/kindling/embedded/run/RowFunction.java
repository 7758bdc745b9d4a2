package dev.kindling.embedded.run;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import dev.kindling.model.error.KindlingException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBTableFunctionState;
import org.duckdb.DuckDBValue;
import org.duckdb.DuckDBWritableVector;

/**
 * Table functions over {@link RowSource}s: columns {@code c0}, {@code c1} and so on, dates as days
 * and timestamps as microseconds. DuckDB asks only for the columns that a query needs.
 */
public final class RowFunction {
  private RowFunction() {}

  private static final String PREFIX = "kindling_rows_of_";

  /**
   * Registers a function of one source.
   *
   * @param name says what it is over
   * @return the call of the function, which has no arguments
   */
  public static String register(DuckDb duckDb, String name, RowSource source) {
    return register(duckDb, name, builder -> {}, call -> source) + "()";
  }

  /**
   * Registers a function whose argument, a number, says which source it is over.
   *
   * @return the function's name
   */
  static String registerNumbered(DuckDb duckDb, LongFunction<RowSource> sources) {
    return register(
        duckDb,
        "number",
        builder -> builder.withParameter(DuckDBColumnType.BIGINT),
        call -> {
          try (DuckDBValue number = call.getParameter(0)) {
            return sources.apply(number.getLong());
          }
        });
  }

  private static String register(
      DuckDb duckDb,
      String name,
      Parameters parameters,
      Function<DuckDBTableFunctionBindInfo, RowSource> source) {
    String function = PREFIX + name;
    try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
      builder.withName(function);
      parameters.declare(builder);
      builder.withProjectionPushdown();
      builder.withFunction(new Rows(duckDb, source));
      builder.register(duckDb.connection());
    } catch (SQLException e) {
      throw new EngineFailure(EngineFailure.Reason.INTERNAL, e.getMessage(), e);
    }
    return function;
  }

  /**
   * Runs work that keeps the rows of a query as a table or as files. DuckDB keeps them in the order
   * in which their source gives them; a function like these knows no order, and would be read by
   * one thread for it.
   *
   * @param sql the query
   * @param ordered whether the query sorts its rows
   */
  public static <T> T keepRows(DuckDb duckDb, String sql, boolean ordered, Supplier<T> work) {
    if (ordered || !sql.contains(PREFIX)) {
      return work.get();
    }
    duckDb.execute("SET preserve_insertion_order = false");
    try {
      return work.get();
    } finally {
      duckDb.execute("SET preserve_insertion_order = true");
    }
  }

  /** Whether the values of a column of this type can be given. */
  public static boolean holds(DataType type) {
    return DuckTypes.of(type).isPresent()
        && DuckTypes.isAtomic(type)
        && !(type instanceof BinaryType)
        && !(type instanceof NullType);
  }

  /** A column of such a function, as a value of its type. */
  public static Sql value(Sql column, DataType type) {
    if (type instanceof DateType) {
      return Sql.infix(Sql.literal("DATE '1970-01-01'"), "+", column);
    }
    if (type instanceof TimestampType) {
      return Sql.call("make_timestamptz", column);
    }
    if (type instanceof TimestampNTZType) {
      return Sql.call("make_timestamp", column);
    }
    return column;
  }

  @FunctionalInterface
  private interface Parameters {
    void declare(DuckDBTableFunctionBuilder builder) throws SQLException;
  }

  /** One reading of the rows: what all threads share. */
  private static final class Shared {
    private final RowSource.Scan scan;
    private final DataType[] types;
    private final int[] vectors;

    Shared(RowSource source, DuckDBTableFunctionInitInfo info) {
      List<DataType> all = source.types();
      List<Integer> columns = new ArrayList<>();
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < info.getColumnCount(); i++) {
        long column = info.getColumnIndex(i);
        // DuckDB asks for a column of its own when it only counts rows.
        if (column >= 0 && column < all.size()) {
          columns.add((int) column);
          places.add(i);
        }
      }
      types = columns.stream().map(all::get).toArray(DataType[]::new);
      vectors = places.stream().mapToInt(Integer::intValue).toArray();
      scan = source.scan(columns.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /** What one thread has. */
  private static final class Local implements DuckDBTableFunctionState {
    private RowSource.Reader reader;
    private ValueWriter[] writers;
    private byte[][][] texts;

    private void open(Shared shared, int capacity) {
      reader = shared.scan.reader();
      writers = new ValueWriter[shared.types.length];
      texts = new byte[shared.types.length][][];
      for (int i = 0; i < writers.length; i++) {
        if (shared.types[i] instanceof StringType) {
          texts[i] = new byte[capacity][];
        } else {
          writers[i] = ValueWriter.of(shared.types[i]);
        }
      }
    }

    long fill(Shared shared, DuckDBDataChunkWriter output) throws Exception {
      int capacity = (int) output.capacity();
      if (reader == null) {
        open(shared, capacity);
      }
      int columns = shared.types.length;
      DuckDBWritableVector[] vectors = new DuckDBWritableVector[columns];
      for (int i = 0; i < columns; i++) {
        vectors[i] = output.vector(shared.vectors[i]);
      }
      int row = 0;
      while (row < capacity) {
        InternalRow values = reader.next();
        if (values == null) {
          break;
        }
        for (int i = 0; i < columns; i++) {
          Object value = values.isNullAt(i) ? null : values.get(i, shared.types[i]);
          if (texts[i] != null) {
            texts[i][row] = value == null ? null : ((UTF8String) value).getBytes();
          } else if (value == null) {
            vectors[i].setNull(row);
          } else {
            writers[i].write(vectors[i], row, value);
          }
        }
        row++;
      }
      for (int i = 0; i < columns; i++) {
        if (texts[i] != null && row > 0) {
          vectors[i].setStringUtf8Batch(
              0, row == capacity ? texts[i] : java.util.Arrays.copyOf(texts[i], row));
        }
      }
      return row;
    }

    @Override
    public void close() throws Exception {
      if (reader != null) {
        reader.close();
      }
    }
  }

  private record Rows(DuckDb duckDb, Function<DuckDBTableFunctionBindInfo, RowSource> sources)
      implements DuckDBTableFunction<RowSource, Shared, Local> {
    @Override
    public RowSource bind(DuckDBTableFunctionBindInfo info) throws SQLException {
      RowSource source = sources.apply(info);
      List<DataType> types = source.types();
      for (int i = 0; i < types.size(); i++) {
        try (DuckDBLogicalType type = ValueWriter.logicalType(types.get(i))) {
          info.addResultColumn("c" + i, type);
        }
      }
      return source;
    }

    @Override
    public Shared init(DuckDBTableFunctionInitInfo info) {
      RowSource source = info.getBindData();
      info.setMaxThreads(Math.max(1, source.parts()));
      return new Shared(source, info);
    }

    @Override
    public Local localInit(DuckDBTableFunctionInitInfo info) {
      return new Local();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output)
        throws Exception {
      Shared shared = info.getInitData();
      Local local = info.getLocalInitData();
      try {
        return local.fill(shared, output);
      } catch (KindlingException e) {
        // DuckDB passes on the message only.
        duckDb.failing(e);
        throw e;
      }
    }
  }
}
