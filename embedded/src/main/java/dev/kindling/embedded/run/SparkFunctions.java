package dev.kindling.embedded.run;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.translate.SparkFunction;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.MutableProjection$;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Spark's own code inside one DuckDB. DuckDB keeps a function for ever, so there is one for each
 * signature, and the first argument of a call, the slot, says which expression it means. Compiled
 * expressions live as long as a statement that calls them, and a little longer for the next one.
 */
public final class SparkFunctions {
  /** How many compiled expressions wait for a statement that needs them again. */
  private static final int WAITING = 128;

  private final DuckDBConnection connection;
  private final Set<String> registered = new HashSet<>();
  private final Map<Integer, Compiled> active = new ConcurrentHashMap<>();
  private final Map<Integer, Compiled> waiting = new LinkedHashMap<>();

  SparkFunctions(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Makes sure that some functions can be called for as long as a statement runs. */
  public final class Lease implements AutoCloseable {
    private final Collection<SparkFunction> leased;
    private boolean closed;

    private Lease(Collection<SparkFunction> leased) {
      this.leased = leased;
    }

    /** Gives the functions back; a second call does nothing. */
    @Override
    public void close() {
      if (!closed) {
        closed = true;
        leased.forEach(SparkFunctions.this::giveBack);
      }
    }
  }

  /**
   * Leases functions.
   *
   * @param conf the settings under which Spark's code runs
   */
  public synchronized Lease lease(Collection<SparkFunction> functions, SQLConf conf) {
    for (SparkFunction function : functions) {
      if (registered.add(function.name())) {
        try {
          register(function, conf);
        } catch (SQLException e) {
          throw Failures.translate(e);
        }
      }
      Compiled waited = waiting.remove(function.slot());
      active.merge(
              function.slot(),
              waited == null ? new Compiled(function) : waited,
              (inUse, other) -> inUse)
          .users++;
    }
    return new Lease(functions);
  }

  private synchronized void giveBack(SparkFunction function) {
    Compiled compiled = active.get(function.slot());
    if (--compiled.users == 0) {
      active.remove(function.slot());
      waiting.put(function.slot(), compiled);
      if (waiting.size() > WAITING) {
        waiting.remove(waiting.keySet().iterator().next());
      }
    }
  }

  /** How many functions DuckDB knows: one for each signature. */
  public synchronized int registered() {
    return registered.size();
  }

  /** How many compiled expressions are held. */
  public synchronized int held() {
    return active.size() + waiting.size();
  }

  private void register(SparkFunction function, SQLConf conf) throws SQLException {
    List<DuckDBLogicalType> types = new ArrayList<>();
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(function.name());
      builder.withParameter(logicalType(DataTypes.IntegerType, types));
      for (DataType type : function.arguments()) {
        builder.withParameter(logicalType(type, types));
      }
      builder.withReturnType(logicalType(function.result(), types));
      builder.withVectorizedFunction(
          (input, output) -> {
            if (input.rowCount() > 0) {
              // The slot is a constant of the statement.
              Compiled compiled = active.get(input.vector(0).getInt(0));
              SQLConf.withExistingConf(
                  conf,
                  () -> {
                    compiled.run(input, output);
                    return null;
                  });
            }
          });
      builder.register(connection);
    } finally {
      types.forEach(DuckDBLogicalType::close);
    }
  }

  private static DuckDBLogicalType logicalType(DataType type, List<DuckDBLogicalType> opened)
      throws SQLException {
    DuckDBLogicalType logical =
        type instanceof DecimalType decimal
            ? DuckDBLogicalType.decimal(SparkFunction.width(decimal), decimal.scale())
            : DuckDBLogicalType.of(columnType(type));
    opened.add(logical);
    return logical;
  }

  private static DuckDBColumnType columnType(DataType type) {
    if (type instanceof BooleanType) {
      return DuckDBColumnType.BOOLEAN;
    } else if (type instanceof ByteType) {
      return DuckDBColumnType.TINYINT;
    } else if (type instanceof ShortType) {
      return DuckDBColumnType.SMALLINT;
    } else if (type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType) {
      return DuckDBColumnType.INTEGER;
    } else if (type instanceof LongType
        || type instanceof DayTimeIntervalType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType) {
      return DuckDBColumnType.BIGINT;
    } else if (type instanceof FloatType) {
      return DuckDBColumnType.FLOAT;
    } else if (type instanceof DoubleType) {
      return DuckDBColumnType.DOUBLE;
    }
    return DuckDBColumnType.VARCHAR;
  }

  /** Copies one argument of one row from DuckDB's vector to Catalyst's row. */
  @FunctionalInterface
  private interface Reader {
    void read(DuckDBReadableVector from, long row, InternalRow to);
  }

  /** Copies the result of one row to DuckDB's vector. */
  @FunctionalInterface
  private interface Writer {
    void write(InternalRow from, DuckDBWritableVector to, long row);
  }

  /** An expression, and what threads need to evaluate it. */
  private static final class Compiled {
    private final SparkFunction function;
    private final Queue<Evaluation> idle = new ConcurrentLinkedQueue<>();
    private Optional<byte[]> template = Optional.empty();
    private int users;

    Compiled(SparkFunction function) {
      this.function = function;
    }

    // Compiled projections hold state between calls, and DuckDB calls from several threads.
    void run(DuckDBDataChunkReader input, DuckDBWritableVector output) {
      Evaluation evaluation = idle.poll();
      if (evaluation == null) {
        evaluation = new Evaluation(function, copy());
      }
      evaluation.run(input, output);
      idle.add(evaluation);
    }

    // Expressions keep state, also behind generated code; Spark gives each task a copy.
    private synchronized Expression copy() {
      if (template.isEmpty()) {
        template = Optional.of(SerializationUtils.serialize((Serializable) function.expression()));
      }
      return SerializationUtils.deserialize(template.get());
    }
  }

  /** What one thread needs to evaluate the function. */
  private static final class Evaluation {
    private final MutableProjection projection;
    private final SpecificInternalRow arguments;
    private final SpecificInternalRow result;
    private final Reader[] readers;
    private final Writer writer;

    Evaluation(SparkFunction function, Expression expression) {
      projection = MutableProjection$.MODULE$.create(Scala.seq(List.of(expression)));
      arguments = new SpecificInternalRow(Scala.seq(function.arguments()));
      result = new SpecificInternalRow(Scala.seq(List.of(function.result())));
      projection.target(result);
      readers = new Reader[function.arguments().size()];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = reader(function.arguments().get(i), i);
      }
      writer = writer(function.result());
    }

    void run(DuckDBDataChunkReader input, DuckDBWritableVector output) {
      DuckDBReadableVector[] vectors = new DuckDBReadableVector[readers.length];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = input.vector(i + 1);
      }
      long rows = input.rowCount();
      for (long row = 0; row < rows; row++) {
        for (int i = 0; i < vectors.length; i++) {
          if (vectors[i].isNull(row)) {
            arguments.setNullAt(i);
          } else {
            readers[i].read(vectors[i], row, arguments);
          }
        }
        projection.apply(arguments);
        if (result.isNullAt(0)) {
          output.setNull(row);
        } else {
          writer.write(result, output, row);
        }
      }
    }

    private static Reader reader(DataType type, int i) {
      if (type instanceof BooleanType) {
        return (from, row, to) -> to.setBoolean(i, from.getBoolean(row));
      } else if (type instanceof ByteType) {
        return (from, row, to) -> to.setByte(i, from.getByte(row));
      } else if (type instanceof ShortType) {
        return (from, row, to) -> to.setShort(i, from.getShort(row));
      } else if (type instanceof IntegerType
          || type instanceof DateType
          || type instanceof YearMonthIntervalType) {
        return (from, row, to) -> to.setInt(i, from.getInt(row));
      } else if (type instanceof LongType
          || type instanceof DayTimeIntervalType
          || type instanceof TimestampType
          || type instanceof TimestampNTZType) {
        return (from, row, to) -> to.setLong(i, from.getLong(row));
      } else if (type instanceof FloatType) {
        return (from, row, to) -> to.setFloat(i, from.getFloat(row));
      } else if (type instanceof DoubleType) {
        return (from, row, to) -> to.setDouble(i, from.getDouble(row));
      } else if (type instanceof DecimalType decimal) {
        int precision = decimal.precision();
        int scale = decimal.scale();
        return (from, row, to) -> to.update(i, decimal(from.getBigDecimal(row), precision, scale));
      } else if (!(type instanceof StringType)) {
        return (from, row, to) -> {
          Object value = NestedValues.read(from.getString(row), type);
          if (value == null) {
            to.setNullAt(i);
          } else {
            to.update(i, value);
          }
        };
      }
      return (from, row, to) -> to.update(i, UTF8String.fromString(from.getString(row)));
    }

    private static Decimal decimal(BigDecimal value, int precision, int scale) {
      return Decimal.apply(new scala.math.BigDecimal(value), precision, scale);
    }

    private static Writer writer(DataType type) {
      if (type instanceof BooleanType) {
        return (from, to, row) -> to.setBoolean(row, from.getBoolean(0));
      } else if (type instanceof ByteType) {
        return (from, to, row) -> to.setByte(row, from.getByte(0));
      } else if (type instanceof ShortType) {
        return (from, to, row) -> to.setShort(row, from.getShort(0));
      } else if (type instanceof IntegerType
          || type instanceof DateType
          || type instanceof YearMonthIntervalType) {
        return (from, to, row) -> to.setInt(row, from.getInt(0));
      } else if (type instanceof LongType
          || type instanceof DayTimeIntervalType
          || type instanceof TimestampType
          || type instanceof TimestampNTZType) {
        return (from, to, row) -> to.setLong(row, from.getLong(0));
      } else if (type instanceof FloatType) {
        return (from, to, row) -> to.setFloat(row, from.getFloat(0));
      } else if (type instanceof DoubleType) {
        return (from, to, row) -> to.setDouble(row, from.getDouble(0));
      } else if (type instanceof DecimalType decimal) {
        int precision = decimal.precision();
        int scale = decimal.scale();
        return (from, to, row) ->
            to.setBigDecimal(
                row, from.getDecimal(0, precision, scale).toJavaBigDecimal().setScale(scale));
      } else if (!(type instanceof StringType)) {
        return (from, to, row) -> to.setString(row, NestedValues.write(from.get(0, type), type));
      }
      return (from, to, row) -> to.setString(row, NestedValues.text(from.getUTF8String(0)));
    }
  }
}
