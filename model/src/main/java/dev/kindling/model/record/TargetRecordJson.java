package dev.kindling.model.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The JSON form of a target, the same in the record of a run and in a plan. */
public final class TargetRecordJson {
  private TargetRecordJson() {}

  /** Writes it as an object. */
  public static void write(JsonGenerator json, TargetRecord target) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", target.name());
    json.writeStringField("master", target.master());
    json.writeArrayFieldStart("settings");
    for (SettingRecord setting : target.settings()) {
      json.writeStartObject();
      json.writeStringField("setting", setting.name());
      json.writeStringField("value", setting.value());
      json.writeStringField("why", setting.why());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
