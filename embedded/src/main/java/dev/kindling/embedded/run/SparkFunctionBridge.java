package dev.kindling.embedded.run;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.translate.SparkFunction;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.MutableProjection$;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/** Registers a Catalyst expression as a DuckDB function over vectors. */
final class SparkFunctionBridge {
  private SparkFunctionBridge() {}

  static void register(DuckDBConnection connection, SparkFunction function, SQLConf conf)
      throws SQLException {
    // Compiled projections hold state between calls, and DuckDB calls from several threads.
    ThreadLocal<Evaluation> evaluations = ThreadLocal.withInitial(() -> new Evaluation(function));
    List<DuckDBLogicalType> types = new ArrayList<>();
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(function.name());
      for (DataType type : function.arguments()) {
        builder.withParameter(logicalType(type, types));
      }
      builder.withReturnType(logicalType(function.result(), types));
      builder.withVectorizedFunction(
          (input, output) ->
              SQLConf.withExistingConf(
                  conf,
                  () -> {
                    evaluations.get().run(input, output);
                    return null;
                  }));
      builder.register(connection);
    } finally {
      types.forEach(DuckDBLogicalType::close);
    }
  }

  private static DuckDBLogicalType logicalType(DataType type, List<DuckDBLogicalType> opened)
      throws SQLException {
    DuckDBLogicalType logical =
        type instanceof DecimalType decimal
            ? DuckDBLogicalType.decimal(decimal.precision(), decimal.scale())
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
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return DuckDBColumnType.INTEGER;
    } else if (type instanceof LongType
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

  /** What one thread needs to evaluate the function. */
  private static final class Evaluation {
    private final MutableProjection projection;
    private final SpecificInternalRow arguments;
    private final SpecificInternalRow result;
    private final Reader[] readers;
    private final Writer writer;

    Evaluation(SparkFunction function) {
      projection = MutableProjection$.MODULE$.create(Scala.seq(List.of(function.expression())));
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
        vectors[i] = input.vector(i);
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
      } else if (type instanceof IntegerType || type instanceof DateType) {
        return (from, row, to) -> to.setInt(i, from.getInt(row));
      } else if (type instanceof LongType
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
      } else if (type instanceof IntegerType || type instanceof DateType) {
        return (from, to, row) -> to.setInt(row, from.getInt(0));
      } else if (type instanceof LongType
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
      }
      return (from, to, row) -> to.setString(row, from.getUTF8String(0).toString());
    }
  }
}
