package dev.kindling.cluster.sizing;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** A sizing as fields of a JSON object. Amounts of memory and data are in bytes. */
public final class SizingJson {
  private SizingJson() {}

  /** Writes the fields into the object that is open. */
  public static void write(Sizing sizing, JsonGenerator json) throws IOException {
    request(sizing.request(), json);
    executors(sizing, json);
    memory(sizing.memory(), json);
    partitions(sizing.partitions(), json);
    driver(sizing.driver(), json);
    json.writeObjectFieldStart("settings");
    for (Map.Entry<String, String> setting : Settings.of(sizing).entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
    figures(sizing, json);
    disagreements(sizing, json);
    json.writeArrayFieldStart("warnings");
    for (String warning : Warnings.of(sizing)) {
      json.writeString(warning);
    }
    json.writeEndArray();
  }

  private static void request(SizingRequest request, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("request");
    json.writeNumberField("nodes", request.shape().nodes());
    json.writeNumberField("coresPerNode", request.shape().coresPerNode());
    json.writeNumberField("memoryPerNode", request.shape().memoryPerNode());
    json.writeStringField("workload", request.workload().label());
    json.writeStringField("manager", lower(request.manager()));
    json.writeStringField("deployMode", lower(request.mode()));
    if (request.data().isPresent()) {
      json.writeNumberField("data", request.data().getAsLong());
    }
    json.writeEndObject();
  }

  private static void executors(Sizing sizing, JsonGenerator json) throws IOException {
    Division division = sizing.division();
    json.writeNumberField("executors", division.executors());
    json.writeNumberField("executorsPerNode", division.placesPerNode());
    json.writeNumberField("coresPerExecutor", division.coresPerExecutor());
    json.writeNumberField("idleCoresPerNode", division.idleCores());
  }

  private static void memory(ExecutorMemory memory, JsonGenerator json) throws IOException {
    MemoryRegions regions = memory.regions();
    json.writeObjectFieldStart("executorMemory");
    json.writeNumberField("place", memory.place());
    json.writeNumberField("heap", memory.heap());
    json.writeNumberField("reserved", regions.reserved());
    json.writeNumberField("unified", regions.unified());
    json.writeNumberField("storage", regions.storage());
    json.writeNumberField("execution", regions.execution());
    json.writeNumberField("user", regions.user());
    json.writeNumberField("overhead", memory.overhead());
    json.writeNumberField("offHeap", memory.offHeap());
    json.writeEndObject();
  }

  private static void partitions(Partitions partitions, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("parallelism");
    json.writeNumberField("slots", partitions.slots());
    if (partitions.input().isPresent()) {
      json.writeNumberField("inputTasks", partitions.input().getAsLong());
      json.writeNumberField("inputWaves", partitions.waves(partitions.input().getAsLong()));
    }
    json.writeNumberField("shufflePartitions", partitions.shuffle());
    json.writeNumberField("shuffleWaves", partitions.waves(partitions.shuffle()));
    json.writeNumberField("shufflePartitionBytes", partitions.targetBytes());
    json.writeNumberField("executionMemoryPerTask", partitions.executionPerTask());
    json.writeEndObject();
  }

  private static void driver(Driver driver, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("driver");
    json.writeNumberField("cores", driver.cores());
    json.writeNumberField("heap", driver.heap());
    json.writeNumberField("overhead", driver.overhead());
    json.writeNumberField("maxResult", driver.maxResult());
    json.writeEndObject();
  }

  private static void figures(Sizing sizing, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("figures");
    for (Figure figure : Figures.of(sizing)) {
      json.writeStartObject();
      json.writeStringField("group", lower(figure.group()));
      json.writeStringField("name", figure.name());
      json.writeStringField("value", figure.value());
      json.writeStringField("formula", figure.formula());
      json.writeStringField("source", figure.source().text());
      json.writeArrayFieldStart("settings");
      for (String setting : figure.settings()) {
        json.writeString(setting);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void disagreements(Sizing sizing, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("disagreements");
    for (Disagreement disagreement : Disagreements.of(sizing)) {
      json.writeStartObject();
      json.writeStringField("topic", disagreement.topic());
      json.writeStringField("used", disagreement.used());
      json.writeStringField("other", disagreement.other());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
