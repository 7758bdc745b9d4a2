package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.runtime.profile.ColumnProfile;
import dev.kindling.runtime.profile.ColumnProfile.Frequent;
import dev.kindling.runtime.profile.ColumnProfile.Values;
import dev.kindling.runtime.profile.ExpectationDraft;
import dev.kindling.runtime.profile.Profiler;
import dev.kindling.runtime.profile.TableProfile;
import java.io.IOException;

/** A profile for programs. */
final class ProfileJson {
  private ProfileJson() {}

  static String of(TableProfile profile) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("name", profile.name());
          json.writeNumberField("rows", profile.rows());
          if (profile.duplicates().isPresent()) {
            json.writeNumberField("duplicateRows", profile.duplicates().getAsLong());
          }
          json.writeArrayFieldStart("columns");
          for (ColumnProfile column : profile.columns()) {
            write(column, profile.rows(), json);
          }
          json.writeEndArray();
          json.writeStringField("expectations", String.join("\n", ExpectationDraft.of(profile)));
        });
  }

  private static void write(ColumnProfile column, long rows, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", column.name());
    json.writeStringField("type", column.type());
    json.writeNumberField("nulls", column.nulls());
    if (column.values().isPresent()) {
      write(column.values().get(), json);
      json.writeNumberField("skew", column.skew(rows));
    }
    json.writeEndObject();
  }

  private static void write(Values values, JsonGenerator json) throws IOException {
    json.writeNumberField("distinct", values.distinct());
    if (values.least().isPresent()) {
      json.writeStringField("min", values.least().get());
      json.writeStringField("max", values.greatest().orElseThrow());
    }
    if (values.numbers().isPresent()) {
      number("mean", values.numbers().get().mean(), json);
      json.writeObjectFieldStart("quantiles");
      for (int i = 0; i < Profiler.QUANTILES.size(); i++) {
        number(
            Profiler.QUANTILES.get(i).toString(), values.numbers().get().quantiles().get(i), json);
      }
      json.writeEndObject();
    }
    if (values.lengths().isPresent()) {
      json.writeObjectFieldStart("length");
      json.writeNumberField("min", values.lengths().get().least());
      json.writeNumberField("mean", values.lengths().get().mean());
      json.writeNumberField("max", values.lengths().get().greatest());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("frequent");
    for (Frequent frequent : values.frequent()) {
      json.writeStartObject();
      json.writeStringField("value", frequent.value());
      json.writeNumberField("rows", frequent.rows());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  // JSON has no NaN and no infinity.
  private static void number(String field, double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(field, value);
    } else {
      json.writeStringField(field, Double.toString(value));
    }
  }
}
