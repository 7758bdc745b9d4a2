package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The order of arrays and structs. Both engines compare part by part; Spark puts a NULL part first,
 * DuckDB puts it last. A key with a flag before each part that may be NULL has Spark's order in
 * DuckDB.
 */
final class NestedOrder {
  private NestedOrder() {}

  /** A value that DuckDB orders as Spark orders {@code value}; NULL when that is NULL. */
  static Translation<Sql> key(Sql value, DataType type) {
    if (holdsMap(type)) {
      return Translation.refused(
          RefusalCode.TYPE_NOT_SUPPORTED, type.sql(), "maps have no order in Spark");
    }
    return Translation.done(keyOf(value, type, 1));
  }

  private static Sql keyOf(Sql value, DataType type, int depth) {
    if (DuckTypes.isAtomic(type) || !ExpressionTranslator.holdsNulls(type)) {
      return value;
    }
    if (type instanceof ArrayType array) {
      // DuckDB takes a column of that name in its place, where there is one.
      String parameter = "kindling_k" + depth;
      Sql element = new Sql.Name(parameter);
      Sql part = part(element, array.elementType(), array.containsNull(), depth + 1);
      return Sql.call("list_transform", value, new Sql.Lambda(List.of(parameter), part));
    }
    List<String> names = new ArrayList<>();
    List<Sql> parts = new ArrayList<>();
    for (StructField field : ((StructType) type).fields()) {
      Sql member = Sql.call("struct_extract", value, Sql.string(field.name()));
      names.add("p" + parts.size());
      parts.add(part(member, field.dataType(), field.nullable(), depth + 1));
    }
    return Sql.when(Sql.isNotNull(value), new Sql.Struct(names, parts));
  }

  private static Sql part(Sql value, DataType type, boolean nullable, int depth) {
    Sql key = keyOf(value, type, depth);
    return nullable
        ? new Sql.Struct(List.of("found", "value"), List.of(Sql.isNotNull(value), key))
        : key;
  }

  /** Whether a value holds a map at any depth: maps have neither order nor equality. */
  static boolean holdsMap(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsMap(array.elementType());
    }
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (holdsMap(field.dataType())) {
          return true;
        }
      }
    }
    return type instanceof MapType;
  }
}
