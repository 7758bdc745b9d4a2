package dev.kindling.model.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON form of what a run saw of a table's rows, and of where they came from. */
final class ObservedJson {
  private ObservedJson() {}

  static void write(JsonGenerator json, Observed observed) throws IOException {
    json.writeObjectFieldStart("nulls");
    for (Map.Entry<String, Long> column : observed.nulls().entrySet()) {
      json.writeNumberField(column.getKey(), column.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("sampleRows");
    for (Map<String, String> row : observed.sampleRows()) {
      RunRecordJson.writeMap(json, row);
    }
    json.writeEndArray();
    RunRecordJson.writeOptional(json, "enginePlan", observed.enginePlan());
    json.writeArrayFieldStart("unusual");
    for (UnusualFigure unusual : observed.unusual()) {
      json.writeStartObject();
      json.writeStringField("figure", unusual.figure().kind().name());
      json.writeStringField("subject", unusual.figure().subject());
      json.writeNumberField("value", unusual.value());
      json.writeNumberField("low", unusual.low());
      json.writeNumberField("high", unusual.high());
      json.writeNumberField("runs", unusual.runs());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The part of a table that {@link #write} wrote; records of older versions lack it. */
  static Observed read(JsonNode table) {
    Map<String, Long> nulls = new LinkedHashMap<>();
    table
        .path("nulls")
        .fields()
        .forEachRemaining(e -> nulls.put(e.getKey(), e.getValue().asLong()));
    return new Observed(
        nulls,
        RunRecordJson.list(table, "sampleRows", RunRecordJson::map),
        RunRecordJson.optional(table, "enginePlan"),
        RunRecordJson.list(table, "unusual", ObservedJson::readUnusual));
  }

  private static UnusualFigure readUnusual(JsonNode unusual) {
    return new UnusualFigure(
        new Figure(
            RunRecordJson.constant(unusual, "figure", Figure.Kind.class),
            RunRecordJson.text(unusual, "subject")),
        unusual.path("value").asDouble(),
        unusual.path("low").asDouble(),
        unusual.path("high").asDouble(),
        (int) RunRecordJson.number(unusual, "runs"));
  }

  static void write(JsonGenerator json, Optional<Provenance> provenance) throws IOException {
    if (provenance.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("provenance");
    json.writeStringField("computedBy", provenance.get().computedBy());
    json.writeFieldName("parts");
    RunRecordJson.writeMap(json, provenance.get().parts());
    RunRecordJson.writeOptional(json, "output", provenance.get().output());
    RunRecordJson.writeOptional(json, "never", provenance.get().never());
    json.writeEndObject();
  }

  static Optional<Provenance> readProvenance(JsonNode table) {
    return RunRecordJson.object(table, "provenance")
        .map(
            origin ->
                new Provenance(
                    RunRecordJson.text(origin, "computedBy"),
                    RunRecordJson.map(origin.path("parts")),
                    RunRecordJson.optional(origin, "output"),
                    RunRecordJson.optional(origin, "never")));
  }
}
