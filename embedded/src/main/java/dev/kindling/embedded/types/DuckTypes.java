package dev.kindling.embedded.types;

import dev.kindling.embedded.sql.SqlPrinter;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.util.CollationFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VarcharType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** The DuckDB type that holds every value of a Spark type, where there is one. */
public final class DuckTypes {
  private DuckTypes() {}

  /** The type's name in DuckDB SQL; empty when values of the type cannot be held exactly. */
  public static Optional<String> of(DataType type) {
    if (type instanceof CharType || type instanceof VarcharType) {
      // Catalyst replaces these by STRING with length checks; one that is left has no checks.
      return Optional.empty();
    }
    if (type instanceof StringType string) {
      return string.collationId() == CollationFactory.UTF8_BINARY_COLLATION_ID
          ? Optional.of("VARCHAR")
          : Optional.empty();
    }
    if (type instanceof DecimalType decimal) {
      return decimal.scale() >= 0
          ? Optional.of("DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")")
          : Optional.empty();
    }
    if (type instanceof ArrayType array) {
      return of(array.elementType()).map(element -> element + "[]");
    }
    if (type instanceof MapType map) {
      return of(map.keyType())
          .flatMap(key -> of(map.valueType()).map(value -> "MAP(" + key + ", " + value + ")"));
    }
    if (type instanceof StructType struct) {
      return struct(struct);
    }
    return Optional.ofNullable(atomic(type));
  }

  private static Optional<String> struct(StructType struct) {
    if (struct.fields().length == 0) {
      return Optional.empty();
    }
    StringJoiner fields = new StringJoiner(", ", "STRUCT(", ")");
    java.util.Set<String> names = new java.util.HashSet<>();
    for (StructField field : struct.fields()) {
      Optional<String> type = of(field.dataType());
      // DuckDB compares field names without regard to case, and wants them unique and not empty.
      boolean usable =
          !field.name().isEmpty() && names.add(field.name().toLowerCase(java.util.Locale.ROOT));
      if (type.isEmpty() || !usable) {
        return Optional.empty();
      }
      fields.add(SqlPrinter.name(field.name()) + " " + type.get());
    }
    return Optional.of(fields.toString());
  }

  private static String atomic(DataType type) {
    if (type instanceof BooleanType) {
      return "BOOLEAN";
    } else if (type instanceof ByteType) {
      return "TINYINT";
    } else if (type instanceof ShortType) {
      return "SMALLINT";
    } else if (type instanceof IntegerType) {
      return "INTEGER";
    } else if (type instanceof LongType) {
      return "BIGINT";
    } else if (type instanceof FloatType) {
      return "FLOAT";
    } else if (type instanceof DoubleType) {
      return "DOUBLE";
    } else if (type instanceof BinaryType) {
      return "BLOB";
    } else if (type instanceof DateType) {
      return "DATE";
    } else if (type instanceof TimestampType) {
      return "TIMESTAMPTZ";
    } else if (type instanceof TimestampNTZType) {
      return "TIMESTAMP";
    } else if (type instanceof DayTimeIntervalType) {
      // Microseconds: DuckDB's own intervals count days apart, and compare months as 30 days.
      return "BIGINT";
    } else if (type instanceof YearMonthIntervalType) {
      return "INTEGER";
    } else if (type instanceof NullType) {
      // A column of nothing but NULLs: any type holds it.
      return "INTEGER";
    }
    return null;
  }

  public static boolean isIntegral(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  public static boolean isFloating(DataType type) {
    return type instanceof FloatType || type instanceof DoubleType;
  }

  /** Whether the type is an interval: of microseconds or of months. */
  public static boolean isInterval(DataType type) {
    return type instanceof DayTimeIntervalType || type instanceof YearMonthIntervalType;
  }

  /** Whether values of the type hold an interval at any depth. */
  public static boolean holdsInterval(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsInterval(array.elementType());
    }
    if (type instanceof MapType map) {
      return holdsInterval(map.keyType()) || holdsInterval(map.valueType());
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (holdsInterval(field.dataType())) {
          return true;
        }
      }
    }
    return isInterval(type);
  }

  /** Whether values of the type hold a FLOAT or a DOUBLE at any depth. */
  public static boolean holdsFloating(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsFloating(array.elementType());
    }
    if (type instanceof MapType map) {
      return holdsFloating(map.keyType()) || holdsFloating(map.valueType());
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (holdsFloating(field.dataType())) {
          return true;
        }
      }
    }
    return isFloating(type);
  }

  /** Whether the type has no parts: neither array, map nor struct. */
  public static boolean isAtomic(DataType type) {
    return !(type instanceof ArrayType || type instanceof MapType || type instanceof StructType);
  }
}
