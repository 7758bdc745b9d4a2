package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.record.Figure;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.UnusualFigure;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The figures of earlier runs, for programs. */
final class HistoryJson {
  private HistoryJson() {}

  /**
   * All runs, or what they say of one table.
   *
   * @param table the table; empty for all
   */
  static String of(Pipeline pipeline, RunHistory history, Optional<String> table) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("pipeline", pipeline.name());
          json.writeArrayFieldStart("runs");
          for (RunRecord run : history.runs()) {
            json.writeStartObject();
            json.writeStringField("runId", run.runId());
            json.writeStringField("startedAt", run.startedAt().toString());
            json.writeStringField("status", lower(run.status()));
            json.writeNumberField("millis", run.millis());
            json.writeArrayFieldStart("tables");
            for (TableRecord record : run.tables()) {
              if (table.isEmpty() || record.name().equalsIgnoreCase(table.get())) {
                write(record, json);
              }
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(TableRecord table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name());
    json.writeStringField("status", lower(table.status()));
    json.writeStringField("engine", lower(table.engine()));
    if (table.bytes().isPresent()) {
      json.writeNumberField("bytes", table.bytes().getAsLong());
    }
    json.writeArrayFieldStart("figures");
    for (Map.Entry<Figure, Double> figure : RunHistory.figures(table).entrySet()) {
      json.writeStartObject();
      write(figure.getKey(), json);
      json.writeNumberField("value", figure.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("unusual");
    for (UnusualFigure unusual : table.observed().unusual()) {
      json.writeStartObject();
      write(unusual.figure(), json);
      json.writeNumberField("value", unusual.value());
      json.writeNumberField("low", unusual.low());
      json.writeNumberField("high", unusual.high());
      json.writeNumberField("runs", unusual.runs());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Figure figure, JsonGenerator json) throws IOException {
    json.writeStringField("figure", lower(figure.kind()));
    if (!figure.subject().isEmpty()) {
      json.writeStringField("subject", figure.subject());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
