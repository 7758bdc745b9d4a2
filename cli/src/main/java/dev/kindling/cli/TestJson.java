package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.rows.RowDifference;
import dev.kindling.runtime.pipeline.TestOutcome;
import dev.kindling.runtime.pipeline.TestOutcome.TableResult;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tests as JSON. */
final class TestJson {
  private TestJson() {}

  static String of(Pipeline pipeline, List<TestOutcome> outcomes) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("pipeline", pipeline.name());
          json.writeArrayFieldStart("tests");
          for (TestOutcome outcome : outcomes) {
            write(outcome, json);
          }
          json.writeEndArray();
        });
  }

  private static void write(TestOutcome outcome, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", outcome.test().name());
    json.writeStringField("status", outcome.status().name().toLowerCase(Locale.ROOT));
    json.writeStringField("file", outcome.test().position().file().toString());
    json.writeNumberField("line", outcome.test().position().line());
    json.writeNumberField("millis", outcome.millis());
    if (outcome.error().isPresent()) {
      json.writeStringField("error", outcome.error().get());
    }
    json.writeArrayFieldStart("problems");
    for (Problem problem : outcome.problems()) {
      CheckCommand.write(problem, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("tables");
    for (TableResult table : outcome.tables()) {
      write(table, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(TableResult table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", table.table());
    json.writeStringField("engine", table.engine().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("same", table.same());
    json.writeNumberField("expectedRows", table.expectedRows());
    json.writeNumberField("foundRows", table.foundRows());
    json.writeArrayFieldStart("unnamedColumns");
    for (String column : table.unnamed()) {
      json.writeString(column);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("differences");
    for (RowDifference<Optional<String>> difference : table.differences()) {
      json.writeStartObject();
      json.writeNumberField("row", difference.number());
      cells("expected", table.columns(), difference.expected(), json);
      cells("found", table.columns(), difference.found(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("moreDifferences", table.more());
    json.writeEndObject();
  }

  private static void cells(
      String name, List<String> columns, Optional<List<Optional<String>>> row, JsonGenerator json)
      throws IOException {
    if (row.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (int c = 0; c < columns.size(); c++) {
      if (row.get().get(c).isPresent()) {
        json.writeStringField(columns.get(c), row.get().get(c).get());
      } else {
        json.writeNullField(columns.get(c));
      }
    }
    json.writeEndObject();
  }
}
