package dev.kindling.junit;

import dev.kindling.model.rows.Sameness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Cells are the same when they are equal but for floating-point numbers that are near each other.
 * Keys of maps have to be equal.
 *
 * @param most how far numbers may be apart
 */
record Tolerance(StructType schema, double most) implements Sameness<Optional<Object>> {
  @Override
  public boolean isExact(int column) {
    return most == 0 || !holdsFloats(schema.fields()[column].dataType());
  }

  @Override
  public boolean isSame(Optional<Object> expected, Optional<Object> found, int column) {
    return near(expected, found);
  }

  private static boolean holdsFloats(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsFloats(array.elementType());
    } else if (type instanceof MapType map) {
      return holdsFloats(map.valueType());
    } else if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (holdsFloats(field.dataType())) {
          return true;
        }
      }
      return false;
    }
    return type instanceof DoubleType || type instanceof FloatType;
  }

  private boolean near(Object expected, Object found) {
    if (expected.equals(found)) {
      return true;
    }
    if (expected instanceof Optional<?> a && found instanceof Optional<?> b) {
      return a.isPresent() && b.isPresent() && near(a.get(), b.get());
    } else if (expected instanceof Double a && found instanceof Double b) {
      return Math.abs(a - b) <= most;
    } else if (expected instanceof Float a && found instanceof Float b) {
      return Math.abs((double) a - (double) b) <= most;
    } else if (expected instanceof Cells.Struct a && found instanceof Cells.Struct b) {
      return near(a.values(), b.values());
    } else if (expected instanceof List<?> a && found instanceof List<?> b) {
      boolean same = a.size() == b.size();
      for (int i = 0; same && i < a.size(); i++) {
        same = near(a.get(i), b.get(i));
      }
      return same;
    } else if (expected instanceof Map<?, ?> a && found instanceof Map<?, ?> b) {
      return a.keySet().equals(b.keySet())
          && a.keySet().stream().allMatch(key -> near(a.get(key), b.get(key)));
    }
    return false;
  }
}
