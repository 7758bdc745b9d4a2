package dev.kindling.spark.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kindling.spark.protocol.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.HiveResult;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.Some;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as text cells, formatted by the code that the {@code spark-sql} shell uses. */
final class Cells {
  /** Up to this many rows are fetched by one Spark job; more come partition by partition. */
  private static final long FEW_ROWS = 10_000;

  private Cells() {}

  /** All rows, in the answer. For statements, whose rows are few. */
  static Answer inlineText(Dataset<Row> rows) {
    List<List<JsonNode>> cells = new ArrayList<>();
    forEach(
        rows,
        row -> {
          List<JsonNode> nodes = new ArrayList<>(row.length);
          for (String cell : row) {
            nodes.add(
                cell == null
                    ? JsonNodeFactory.instance.nullNode()
                    : JsonNodeFactory.instance.textNode(cell));
          }
          cells.add(nodes);
        });
    return Answer.inline(rows.schema(), cells, false);
  }

  /** All rows, in a file: one JSON array per line. */
  static Answer toFile(Dataset<Row> rows, Path file) throws IOException {
    long[] count = new long[1];
    try (Writer out = Files.newBufferedWriter(file, UTF_8);
        JsonGenerator json = Wire.mapper().getFactory().createGenerator(out)) {
      json.setRootValueSeparator(null);
      forEach(
          rows,
          row -> {
            try {
              json.writeStartArray();
              for (String cell : row) {
                json.writeString(cell);
              }
              json.writeEndArray();
              json.writeRaw('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            count[0]++;
          });
    }
    return Answer.written(rows.schema(), count[0]);
  }

  /** Calls {@code sink} with the cells of each row; a cell is null where the value is. */
  private static void forEach(Dataset<Row> rows, Consumer<String[]> sink) {
    QueryExecution execution = SparkVersion.execution(rows);
    SparkPlan plan = execution.executedPlan();
    SQLExecution.withNewExecutionId(
        execution,
        Some.apply("kindling"),
        () -> {
          if (plan instanceof CommandResultExec) {
            commandRows(plan, rows.schema()).forEach(sink);
          } else {
            queryRows(execution, plan, rows.schema(), sink);
          }
          return null;
        });
  }

  private static void queryRows(
      QueryExecution execution, SparkPlan plan, StructType schema, Consumer<String[]> sink) {
    Formatter formatter = new Formatter(schema);
    Option<Object> maxRows = execution.optimizedPlan().maxRows();
    if (maxRows.isDefined() && (Long) maxRows.get() <= FEW_ROWS) {
      for (InternalRow row : plan.executeCollect()) {
        sink.accept(formatter.cells(row));
      }
      return;
    }
    Iterator<InternalRow> all = plan.executeToIterator();
    while (all.hasNext()) {
      sink.accept(formatter.cells(all.next()));
    }
  }

  /**
   * The shell prints some commands in a form of their own, Hive's: SHOW TABLES without the
   * database, DESCRIBE with padded columns. Then the cells are the parts of the line that it
   * prints.
   */
  private static List<String[]> commandRows(SparkPlan plan, StructType schema) {
    Formatter formatter = new Formatter(schema);
    List<String[]> plain = new ArrayList<>();
    for (InternalRow row : plan.executeCollect()) {
      plain.add(formatter.cells(row));
    }
    List<String> printed = CollectionConverters.asJava(HiveResult.hiveResultString(plan));
    List<String> joined = plain.stream().map(Cells::line).toList();
    if (joined.equals(printed)) {
      return plain;
    }
    return printed.stream().map(line -> line.split("\t", -1)).toList();
  }

  private static String line(String[] cells) {
    List<String> shown = new ArrayList<>(cells.length);
    for (String cell : cells) {
      shown.add(cell == null ? "NULL" : cell);
    }
    return String.join("\t", shown);
  }

  /** Formats the values of one schema, in the session's time zone. */
  private static final class Formatter {
    private final StructField[] fields;
    private final Function1<Object, Object> toRow;
    private final HiveText text = new HiveText();

    Formatter(StructType schema) {
      fields = schema.fields();
      toRow = CatalystTypeConverters.createToScalaConverter(schema);
    }

    String[] cells(InternalRow internal) {
      Row row = (Row) toRow.apply(internal);
      String[] cells = new String[fields.length];
      for (int i = 0; i < cells.length; i++) {
        Object value = row.get(i);
        if (value != null) {
          cells[i] = text.of(value, fields[i].dataType());
        }
      }
      return cells;
    }
  }
}
