package dev.kindling.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.pipeline.WriteMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The JSON form of a run record, field by field: each run writes one, and Jackson's binding by
 * reflection would cost the process more than all the rest of the record. Absent values are left
 * out.
 */
final class RunRecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RunRecordJson() {}

  /** A field that a record must have, absent or of the wrong kind. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static byte[] write(RunRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
    try (JsonGenerator json = FACTORY.createGenerator(out).useDefaultPrettyPrinter()) {
      writeRun(json, record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * @throws KindlingException RECORD_INVALID when it is not a record of a known version
   */
  static RunRecord read(byte[] bytes, Path file) {
    try {
      JsonNode root = new ObjectMapper(FACTORY).readTree(bytes);
      if (root == null || !root.isObject()) {
        throw new Malformed("it is not a JSON object");
      }
      int version = root.path("version").asInt(0);
      if (version != RunRecord.VERSION) {
        throw new Malformed(
            "its version is "
                + root.path("version").asText("missing")
                + " (accepted: "
                + RunRecord.VERSION
                + ")");
      }
      return readRun(root, version);
    } catch (Malformed | JsonProcessingException | DateTimeException e) {
      String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : message(e);
      throw invalid(file, reason, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static KindlingException invalid(Path file, String reason, Exception cause) {
    return new KindlingException(
        ErrorCode.RECORD_INVALID,
        "Cannot read run record '"
            + file
            + "': "
            + reason
            + ". Delete its folder to forget the run.",
        cause);
  }

  // Writing

  private static void writeRun(JsonGenerator json, RunRecord run) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", run.version());
    json.writeStringField("runId", run.runId());
    json.writeStringField("pipeline", run.pipeline());
    json.writeStringField("file", run.file());
    json.writeStringField("startedAt", run.startedAt().toString());
    json.writeStringField("finishedAt", run.finishedAt().toString());
    json.writeStringField("status", run.status().name());
    json.writeStringField("kindlingVersion", run.kindlingVersion());
    json.writeFieldName("conf");
    writeMap(json, run.conf());
    if (run.target().isPresent()) {
      json.writeFieldName("target");
      TargetRecordJson.write(json, run.target().get());
    }
    json.writeArrayFieldStart("tables");
    for (TableRecord table : run.tables()) {
      writeTable(json, table);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("published");
    for (PublishedOutput output : run.published()) {
      json.writeStartObject();
      json.writeStringField("table", output.table());
      json.writeStringField("path", output.path());
      json.writeStringField("mode", output.mode().name());
      json.writeNumberField("files", output.files());
      json.writeNumberField("bytes", output.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (run.error().isPresent()) {
      json.writeObjectFieldStart("error");
      json.writeStringField("code", run.error().get().code());
      json.writeStringField("message", run.error().get().message());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static TargetRecord readTarget(JsonNode target) {
    return new TargetRecord(
        text(target, "name"),
        text(target, "master"),
        list(
            target,
            "settings",
            s -> new SettingRecord(text(s, "setting"), text(s, "value"), text(s, "why"))));
  }

  private static void writeTable(JsonGenerator json, TableRecord table) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name());
    json.writeStringField("engine", table.engine().name());
    json.writeStringField("status", table.status().name());
    json.writeStringField("materialisation", table.materialisation().name());
    writeStrings(json, "reasons", table.reasons());
    json.writeArrayFieldStart("refusals");
    for (RefusalRecord refusal : table.refusals()) {
      json.writeStartObject();
      json.writeStringField("code", refusal.code());
      writeOptional(json, "place", refusal.place());
      json.writeStringField("message", refusal.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("columns");
    for (ColumnRecord column : table.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type());
      json.writeBooleanField("nullable", column.nullable());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeOptional(json, "sql", table.sql());
    writeOptional(json, "engineSql", table.engineSql());
    writeOptional(json, "rows", table.rows());
    writeOptional(json, "bytes", table.bytes());
    json.writeNumberField("millis", table.millis());
    if (table.badRecords().isPresent()) {
      json.writeObjectFieldStart("badRecords");
      json.writeNumberField("count", table.badRecords().get().count());
      writeOptional(json, "quarantinePath", table.badRecords().get().quarantinePath());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("expectations");
    for (ExpectationResult result : table.expectations()) {
      writeExpectation(json, result);
    }
    json.writeEndArray();
    writeStrings(json, "reads", table.reads());
    writeOptional(json, "output", table.output());
    json.writeArrayFieldStart("stages");
    for (StageRecord stage : table.stages()) {
      writeStage(json, stage);
    }
    json.writeEndArray();
    ObservedJson.write(json, table.observed());
    ObservedJson.write(json, table.provenance());
    json.writeEndObject();
  }

  private static void writeStage(JsonGenerator json, StageRecord stage) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", stage.id());
    json.writeNumberField("attempt", stage.attempt());
    json.writeStringField("name", stage.name());
    json.writeNumberField("tasks", stage.tasks());
    json.writeNumberField("failedTasks", stage.failedTasks());
    json.writeNumberField("millis", stage.millis());
    json.writeNumberField("medianTaskMillis", stage.medianTaskMillis());
    json.writeNumberField("slowestTaskMillis", stage.slowestTaskMillis());
    json.writeNumberField("inputRows", stage.inputRows());
    json.writeNumberField("inputBytes", stage.inputBytes());
    json.writeNumberField("shuffleReadBytes", stage.shuffleReadBytes());
    json.writeNumberField("shuffleWriteBytes", stage.shuffleWriteBytes());
    json.writeNumberField("spilledBytes", stage.spilledBytes());
    json.writeNumberField("cpuMillis", stage.cpuMillis());
    json.writeNumberField("gcMillis", stage.gcMillis());
    json.writeEndObject();
  }

  private static StageRecord readStage(JsonNode stage) {
    return new StageRecord(
        (int) number(stage, "id"),
        (int) number(stage, "attempt"),
        text(stage, "name"),
        (int) number(stage, "tasks"),
        (int) number(stage, "failedTasks"),
        number(stage, "millis"),
        number(stage, "medianTaskMillis"),
        number(stage, "slowestTaskMillis"),
        number(stage, "inputRows"),
        number(stage, "inputBytes"),
        number(stage, "shuffleReadBytes"),
        number(stage, "shuffleWriteBytes"),
        number(stage, "spilledBytes"),
        number(stage, "cpuMillis"),
        number(stage, "gcMillis"));
  }

  private static void writeExpectation(JsonGenerator json, ExpectationResult result)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("description", result.description());
    json.writeBooleanField("aboutTable", result.aboutTable());
    json.writeStringField("onViolation", result.onViolation().name());
    json.writeStringField("status", result.status().name());
    json.writeNumberField("violations", result.violations());
    json.writeArrayFieldStart("sampleRows");
    for (Map<String, String> row : result.sampleRows()) {
      writeMap(json, row);
    }
    json.writeEndArray();
    writeOptional(json, "quarantinePath", result.quarantinePath());
    json.writeEndObject();
  }

  static void writeMap(JsonGenerator json, Map<String, String> map) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void writeStrings(JsonGenerator json, String field, List<String> strings)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String string : strings) {
      json.writeString(string);
    }
    json.writeEndArray();
  }

  static void writeOptional(JsonGenerator json, String field, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    }
  }

  private static void writeOptional(JsonGenerator json, String field, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsLong());
    }
  }

  // Reading

  private static RunRecord readRun(JsonNode run, int version) {
    return new RunRecord(
        version,
        text(run, "runId"),
        text(run, "pipeline"),
        text(run, "file"),
        Instant.parse(text(run, "startedAt")),
        Instant.parse(text(run, "finishedAt")),
        constant(run, "status", RunStatus.class),
        text(run, "kindlingVersion"),
        map(run.path("conf")),
        object(run, "target").map(RunRecordJson::readTarget),
        list(run, "tables", RunRecordJson::readTable),
        list(run, "published", RunRecordJson::readPublished),
        object(run, "error").map(e -> new ErrorRecord(text(e, "code"), text(e, "message"))));
  }

  private static PublishedOutput readPublished(JsonNode output) {
    return new PublishedOutput(
        text(output, "table"),
        text(output, "path"),
        constant(output, "mode", WriteMode.class),
        number(output, "files"),
        number(output, "bytes"));
  }

  private static TableRecord readTable(JsonNode table) {
    return new TableRecord(
        text(table, "name"),
        constant(table, "engine", Engine.class),
        constant(table, "status", TableStatus.class),
        constant(table, "materialisation", Materialisation.class),
        strings(table, "reasons"),
        list(
            table,
            "refusals",
            r -> new RefusalRecord(text(r, "code"), optional(r, "place"), text(r, "message"))),
        list(
            table,
            "columns",
            c ->
                new ColumnRecord(
                    text(c, "name"), text(c, "type"), c.path("nullable").asBoolean(true))),
        optional(table, "sql"),
        optional(table, "engineSql"),
        optionalNumber(table, "rows"),
        optionalNumber(table, "bytes"),
        number(table, "millis"),
        object(table, "badRecords")
            .map(b -> new BadRecords(number(b, "count"), optional(b, "quarantinePath"))),
        list(table, "expectations", RunRecordJson::readExpectation),
        strings(table, "reads"),
        optional(table, "output"),
        list(table, "stages", RunRecordJson::readStage),
        ObservedJson.read(table),
        ObservedJson.readProvenance(table));
  }

  private static ExpectationResult readExpectation(JsonNode result) {
    return new ExpectationResult(
        text(result, "description"),
        // Records of versions that had no such rules lack it.
        result.path("aboutTable").asBoolean(false),
        constant(result, "onViolation", OnViolation.class),
        constant(result, "status", ExpectationStatus.class),
        number(result, "violations"),
        list(result, "sampleRows", RunRecordJson::map),
        optional(result, "quarantinePath"));
  }

  static <T> List<T> list(JsonNode parent, String field, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : parent.path(field)) {
      items.add(read.apply(item));
    }
    return items;
  }

  private static List<String> strings(JsonNode parent, String field) {
    return list(parent, field, JsonNode::asText);
  }

  static Map<String, String> map(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    object.fields().forEachRemaining(e -> map.put(e.getKey(), e.getValue().asText()));
    return map;
  }

  static Optional<JsonNode> object(JsonNode parent, String field) {
    return Optional.ofNullable(parent.get(field)).filter(JsonNode::isObject);
  }

  static String text(JsonNode parent, String field) {
    return optional(parent, field).orElseThrow(() -> missing(field));
  }

  static Optional<String> optional(JsonNode parent, String field) {
    return Optional.ofNullable(parent.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  static long number(JsonNode parent, String field) {
    return optionalNumber(parent, field).orElseThrow(() -> missing(field));
  }

  private static OptionalLong optionalNumber(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    return node.isIntegralNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
  }

  static <E extends Enum<E>> E constant(JsonNode parent, String field, Class<E> type) {
    String name = text(parent, field);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new Malformed("the field '" + field + "' has the unknown value '" + name + "'");
    }
  }

  private static Malformed missing(String field) {
    return new Malformed("the field '" + field + "' is missing or of the wrong type");
  }
}
