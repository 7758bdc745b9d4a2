package dev.kindling.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.storage.hdfs.Hdfs;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Staged outputs as JSON. Paths inside the project are written relative to it, so that a run that
 * was killed in a container can be put right outside of it, where the project has another path.
 */
final class OutputJson {
  private final Path root;

  OutputJson(ProjectDirectory project) {
    this.root = project.root();
  }

  void writeFields(JsonGenerator out, StagedOutput output) throws IOException {
    out.writeStringField("table", output.table());
    out.writeStringField("target", write(output.target()));
    out.writeStringField("staging", write(output.staging()));
    out.writeStringField("mode", output.mode().name());
  }

  StagedOutput read(JsonNode json) throws IOException {
    try {
      return new StagedOutput(
          text(json, "table"),
          path(text(json, "target")),
          path(text(json, "staging")),
          PublishMode.valueOf(text(json, "mode")));
    } catch (IllegalArgumentException e) {
      throw new IOException("unexpected value: " + e.getMessage(), e);
    }
  }

  String write(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  Path path(String text) throws IOException {
    try {
      return Hdfs.isPath(text) ? Hdfs.path(text) : root.resolve(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a path: " + text, e);
    }
  }

  static String text(JsonNode json, String field) throws IOException {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new IOException("no text in field '" + field + "'");
    }
    return value.textValue();
  }
}
