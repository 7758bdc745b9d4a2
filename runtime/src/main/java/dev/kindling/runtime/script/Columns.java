package dev.kindling.runtime.script;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Spark's schemas as columns of results. */
public final class Columns {
  private Columns() {}

  /** The columns of a schema. */
  public static List<ResultColumn> of(StructType schema) {
    List<ResultColumn> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      columns.add(new ResultColumn(field.name(), field.dataType().sql(), kind(field.dataType())));
    }
    return columns;
  }

  /** The columns of a schema in Spark's JSON. */
  public static List<ResultColumn> ofJson(String schemaJson) {
    return of((StructType) DataType.fromJson(schemaJson));
  }

  private static ResultColumn.Kind kind(DataType type) {
    if (type instanceof NumericType) {
      return ResultColumn.Kind.NUMBER;
    }
    return type instanceof BooleanType ? ResultColumn.Kind.BOOLEAN : ResultColumn.Kind.TEXT;
  }
}
