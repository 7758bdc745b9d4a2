package dev.kindling.embedded.run;

import dev.kindling.embedded.EngineFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.types.DataType;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * A function from text to a value of a Spark type, in DuckDB. Dates are given as days and
 * timestamps as microseconds, which is how Catalyst holds them.
 */
public final class TextFunction {
  private TextFunction() {}

  /**
   * Registers a function.
   *
   * @param converters makes a converter for one thread; it gives Catalyst's value of a text, or
   *     null
   */
  public static void register(
      DuckDb duckDb, String name, DataType result, Supplier<Function<String, Object>> converters) {
    ThreadLocal<Function<String, Object>> converter = ThreadLocal.withInitial(converters);
    ValueWriter writer = ValueWriter.of(result);
    List<DuckDBLogicalType> types = new ArrayList<>();
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(name);
      types.add(DuckDBLogicalType.of(DuckDBColumnType.VARCHAR));
      builder.withParameter(types.get(0));
      types.add(ValueWriter.logicalType(result));
      builder.withReturnType(types.get(1));
      builder.withVectorizedFunction(
          (input, output) -> {
            Function<String, Object> convert = converter.get();
            DuckDBReadableVector texts = input.vector(0);
            long rows = input.rowCount();
            for (long row = 0; row < rows; row++) {
              Object value = texts.isNull(row) ? null : convert.apply(texts.getString(row));
              if (value == null) {
                output.setNull(row);
              } else {
                writer.write(output, row, value);
              }
            }
          });
      builder.register(duckDb.connection());
    } catch (SQLException e) {
      throw new EngineFailure(EngineFailure.Reason.INTERNAL, e.getMessage(), e);
    } finally {
      types.forEach(DuckDBLogicalType::close);
    }
  }
}
