package dev.kindling.embedded.read;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * The Spark type of Parquet columns, by the rules of Spark's ParquetToSparkSchemaConverter. What
 * those rules leave to old conventions is answered with the reason for not deciding it here.
 */
final class ParquetSchemas {

  /** One element of a footer's schema, as DuckDB's parquet_schema() lists them, depth first. */
  record Element(
      String name,
      String type,
      String repetition,
      int children,
      String convertedType,
      int scale,
      int precision,
      String logicalType,
      String duckType) {}

  /**
   * One top-level column.
   *
   * @param conversion how DuckDB's value becomes Spark's; empty when it is the same
   */
  record Column(String name, DataType type, Optional<Conversion> conversion) {}

  /** How a value that DuckDB reads differently becomes Spark's. */
  enum Conversion {
    /** DuckDB gives the clock time in UTC of an INT96 instant. */
    INT96_IN_UTC,
    /** DuckDB has unsigned types, Spark the next wider signed one. */
    FROM_UNSIGNED
  }

  /** A column that is not decided here. */
  static final class Undecided extends Exception {
    private static final long serialVersionUID = 1L;

    Undecided(String column, String why) {
      super(column + " " + why);
    }
  }

  private final Deque<Element> elements;

  private ParquetSchemas(List<Element> elements) {
    this.elements = new ArrayDeque<>(elements);
  }

  /** The top-level columns of a schema, whose first element is its root. */
  static List<Column> columns(List<Element> schema) throws Undecided {
    ParquetSchemas reader = new ParquetSchemas(schema);
    int count = reader.elements.removeFirst().children();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Element first = reader.elements.getFirst();
      if (first.repetition().equals("REPEATED")) {
        throw new Undecided(first.name(), "is repeated without being a LIST");
      }
      Optional<Conversion> conversion = conversion(first);
      columns.add(new Column(first.name(), reader.field(conversion.isPresent()), conversion));
    }
    return columns;
  }

  private static Optional<Conversion> conversion(Element element) {
    if (element.type().equals("INT96")) {
      return Optional.of(Conversion.INT96_IN_UTC);
    }
    return element.convertedType().startsWith("UINT_")
        ? Optional.of(Conversion.FROM_UNSIGNED)
        : Optional.empty();
  }

  private DataType field(boolean converts) throws Undecided {
    Element element = elements.removeFirst();
    if (element.children() == 0) {
      if (!converts && conversion(element).isPresent()) {
        throw new Undecided(element.name(), "is " + element.type() + " inside a nested column");
      }
      return leaf(element);
    }
    boolean list =
        element.convertedType().equals("LIST") || element.logicalType().startsWith("List");
    boolean map =
        element.convertedType().equals("MAP")
            || element.convertedType().equals("MAP_KEY_VALUE")
            || element.logicalType().startsWith("Map");
    if (list) {
      return list(element);
    }
    return map ? map(element) : struct(element);
  }

  private DataType list(Element list) throws Undecided {
    Element repeated = elements.removeFirst();
    boolean standard =
        list.children() == 1
            && repeated.repetition().equals("REPEATED")
            && repeated.children() == 1
            && !repeated.name().equals("array")
            && !repeated.name().equals(list.name() + "_tuple");
    if (!standard) {
      throw new Undecided(list.name(), "is a LIST in an old layout");
    }
    return DataTypes.createArrayType(field(false), true);
  }

  private DataType map(Element map) throws Undecided {
    Element repeated = elements.removeFirst();
    boolean standard =
        map.children() == 1 && repeated.repetition().equals("REPEATED") && repeated.children() == 2;
    if (!standard) {
      throw new Undecided(map.name(), "is a MAP in an old layout");
    }
    DataType key = field(false);
    return DataTypes.createMapType(key, field(false), true);
  }

  private DataType struct(Element struct) throws Undecided {
    List<StructField> fields = new ArrayList<>();
    for (int i = 0; i < struct.children(); i++) {
      Element next = elements.getFirst();
      if (next.repetition().equals("REPEATED")) {
        throw new Undecided(next.name(), "is repeated without being a LIST");
      }
      fields.add(new StructField(next.name(), field(false), true, Metadata.empty()));
    }
    return DataTypes.createStructType(fields);
  }

  private static DataType leaf(Element e) throws Undecided {
    String converted = e.convertedType();
    if (converted.equals("DECIMAL")) {
      return DataTypes.createDecimalType(e.precision(), e.scale());
    }
    return switch (e.type()) {
      case "BOOLEAN" -> DataTypes.BooleanType;
      case "FLOAT" -> DataTypes.FloatType;
      case "DOUBLE" -> DataTypes.DoubleType;
      case "INT96" -> DataTypes.TimestampType;
      case "INT32" -> int32(e);
      case "INT64" -> int64(e);
      case "BYTE_ARRAY" -> bytes(e);
      default -> throw new Undecided(e.name(), "has the type " + e.type() + " " + converted);
    };
  }

  private static DataType int32(Element e) throws Undecided {
    return switch (e.convertedType()) {
      case "", "INT_32" -> DataTypes.IntegerType;
      case "INT_8" -> DataTypes.ByteType;
      case "INT_16", "UINT_8" -> DataTypes.ShortType;
      case "UINT_16" -> DataTypes.IntegerType;
      case "UINT_32" -> DataTypes.LongType;
      case "DATE" -> DataTypes.DateType;
      default -> throw new Undecided(e.name(), "has the type INT32 " + e.convertedType());
    };
  }

  private static DataType int64(Element e) throws Undecided {
    boolean nanos = e.logicalType().contains("NANOS=NanoSeconds");
    boolean local = e.logicalType().contains("isAdjustedToUTC=0");
    boolean timestamp = e.logicalType().startsWith("TimestampType");
    return switch (e.convertedType()) {
      case "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS" ->
          local ? DataTypes.TimestampNTZType : DataTypes.TimestampType;
      case "UINT_64" -> DataTypes.createDecimalType(20, 0);
      case "", "INT_64" -> {
        if (nanos
            || e.logicalType().startsWith("Time(")
            || e.logicalType().startsWith("TimeType")) {
          throw new Undecided(e.name(), "is " + e.logicalType());
        }
        if (timestamp) {
          yield local ? DataTypes.TimestampNTZType : DataTypes.TimestampType;
        }
        yield DataTypes.LongType;
      }
      default -> throw new Undecided(e.name(), "has the type INT64 " + e.convertedType());
    };
  }

  private static DataType bytes(Element e) throws Undecided {
    boolean text = e.convertedType().equals("UTF8") || e.logicalType().startsWith("StringType");
    if (text) {
      return DataTypes.StringType;
    }
    if (e.convertedType().isEmpty() && e.logicalType().isEmpty()) {
      return DataTypes.BinaryType;
    }
    throw new Undecided(e.name(), "has the type BYTE_ARRAY " + e.convertedType());
  }
}
