package dev.kindling.doctor.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.doctor.Diagnosis;
import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A diagnosis as JSON; its shape is a promise. */
public final class DiagnosisJson {
  private static final int VERSION = 1;

  private DiagnosisJson() {}

  /** Writes the fields of one object, which the caller opened. */
  public static void write(Diagnosis diagnosis, JsonGenerator json) throws IOException {
    Facts facts = diagnosis.facts();
    json.writeNumberField("version", VERSION);
    json.writeObjectFieldStart("application");
    json.writeStringField("id", facts.id());
    json.writeStringField("name", facts.name());
    json.writeStringField("sparkVersion", facts.sparkVersion());
    json.writeNumberField("millis", facts.millis());
    json.writeBooleanField("ended", facts.ended().isPresent());
    json.writeNumberField("cores", facts.slots());
    json.writeNumberField("jobs", facts.jobs());
    json.writeNumberField("failedJobs", facts.failedJobs());
    json.writeNumberField("stages", facts.stages().size());
    json.writeNumberField(
        "tasks", facts.stages().stream().mapToInt(stage -> stage.tasks().count()).sum());
    json.writeNumberField("taskMillis", facts.sum(Measure.RUN));
    json.writeNumberField("queries", facts.queries().size());
    json.writeEndObject();
    texts("notes", facts.notes(), json);
    json.writeArrayFieldStart("findings");
    for (Finding finding : diagnosis.findings()) {
      json.writeStartObject();
      write(finding, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Finding finding, JsonGenerator json) throws IOException {
    json.writeStringField("id", finding.id());
    json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    if (finding.place().stage().isPresent()) {
      json.writeNumberField("stage", finding.place().stage().getAsInt());
    }
    if (finding.place().query().isPresent()) {
      json.writeNumberField("query", finding.place().query().getAsLong());
    }
    json.writeStringField("place", finding.place().text());
    json.writeStringField("summary", finding.summary());
    texts("evidence", finding.evidence(), json);
    texts("fixes", finding.fixes(), json);
    json.writeStringField("gain", finding.gain());
    json.writeNumberField("lostMillis", finding.lostMillis());
  }

  private static void texts(String name, List<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
