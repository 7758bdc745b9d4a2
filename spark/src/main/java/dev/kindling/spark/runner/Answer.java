package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.spark.protocol.StagedFile;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.types.StructType;

/** What a request gave, before its costs are added. */
record Answer(
    StructType schema,
    OptionalLong rows,
    List<StagedFile> files,
    List<List<JsonNode>> inline,
    boolean truncated,
    List<String> sparkOnlyColumns) {

  static Answer schemaOnly(StructType schema) {
    return new Answer(schema, OptionalLong.empty(), List.of(), List.of(), false, List.of());
  }

  static Answer inline(StructType schema, List<List<JsonNode>> rows, boolean truncated) {
    return new Answer(schema, OptionalLong.of(rows.size()), List.of(), rows, truncated, List.of());
  }

  static Answer written(StructType schema, long rows) {
    return new Answer(schema, OptionalLong.of(rows), List.of(), List.of(), false, List.of());
  }

  /** The number of rows is taken from the tasks that wrote them. */
  static Answer staged(StructType schema, List<StagedFile> files, List<String> sparkOnlyColumns) {
    return new Answer(schema, OptionalLong.empty(), files, List.of(), false, sparkOnlyColumns);
  }
}
