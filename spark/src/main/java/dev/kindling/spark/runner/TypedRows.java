package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Some;
import scala.jdk.javaapi.CollectionConverters;

/** The first rows, as typed JSON. */
final class TypedRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TypedRows() {}

  static Answer take(Dataset<Row> rows, int maxRows) {
    StructType schema = rows.schema();
    int fetch = maxRows == Integer.MAX_VALUE ? maxRows : maxRows + 1;
    QueryExecution execution = SparkVersion.execution(rows.limit(fetch));
    List<List<JsonNode>> cells = new ArrayList<>();
    boolean[] more = new boolean[1];
    SQLExecution.withNewExecutionId(
        execution,
        Some.apply("kindling"),
        () -> {
          Function1<Object, Object> toRow = CatalystTypeConverters.createToScalaConverter(schema);
          for (InternalRow internal : execution.executedPlan().executeCollect()) {
            if (cells.size() == maxRows) {
              more[0] = true;
              break;
            }
            cells.add(cells((Row) toRow.apply(internal), schema));
          }
          return null;
        });
    return Answer.inline(schema, cells, more[0]);
  }

  private static List<JsonNode> cells(Row row, StructType schema) {
    List<JsonNode> cells = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      cells.add(json(row.get(i), schema.fields()[i].dataType()));
    }
    return cells;
  }

  private static JsonNode json(Object value, DataType type) {
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof Boolean bool) {
      return JSON.booleanNode(bool);
    } else if (value instanceof BigDecimal decimal) {
      return JSON.textNode(decimal.toPlainString());
    } else if (value instanceof Double number) {
      return Double.isFinite(number) ? JSON.numberNode(number) : JSON.textNode(number.toString());
    } else if (value instanceof Float number) {
      return Float.isFinite(number) ? JSON.numberNode(number) : JSON.textNode(number.toString());
    } else if (value instanceof Number number && !(value instanceof java.math.BigInteger)) {
      return JSON.numberNode(number.longValue());
    } else if (value instanceof byte[] bytes) {
      return JSON.textNode(java.util.Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof String
        || value instanceof LocalDate
        || value instanceof LocalDateTime
        || value instanceof Instant) {
      return JSON.textNode(value.toString());
    } else if (type instanceof ArrayType array) {
      ArrayNode items = JSON.arrayNode();
      for (Object item : CollectionConverters.asJava((scala.collection.Seq<?>) value)) {
        items.add(json(item, array.elementType()));
      }
      return items;
    } else if (type instanceof MapType map) {
      ArrayNode pairs = JSON.arrayNode();
      for (Map.Entry<?, ?> entry :
          CollectionConverters.asJava((scala.collection.Map<?, ?>) value).entrySet()) {
        pairs
            .addArray()
            .add(json(entry.getKey(), map.keyType()))
            .add(json(entry.getValue(), map.valueType()));
      }
      return pairs;
    } else if (type instanceof StructType struct) {
      return JSON.arrayNode().addAll(cells((Row) value, struct));
    }
    return JSON.textNode(new HiveText().of(value, type));
  }
}
