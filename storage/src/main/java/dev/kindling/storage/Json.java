package dev.kindling.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Small JSON documents. Writing, which every run does, loads only Jackson's core. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** One object on one line, with the line's end. */
  static byte[] write(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  static JsonNode read(byte[] json) throws IOException {
    return new ObjectMapper(FACTORY).readTree(json);
  }
}
