package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * A request that ended well.
 *
 * @param schemaJson Spark's schema of the rows, as {@code StructType.json} writes it; a request
 *     without rows has a schema without fields
 * @param rows the number of rows written or returned; empty where Spark does not tell
 * @param files the staged files in the order of the rows
 * @param inline the rows of {@link Output.Inline} and of a {@link Statement}, one list of cells per
 *     row
 * @param truncated whether there are more rows than {@code inline} holds
 * @param sparkOnlyColumns columns of a staged Parquet result whose values only Spark reads back
 *     with the same type (interval, variant), with their type: {@code "c: interval day to second"}
 * @param millis wall time inside the child
 * @param counters what it cost
 */
public record Result(
    String schemaJson,
    OptionalLong rows,
    List<StagedFile> files,
    List<List<JsonNode>> inline,
    boolean truncated,
    List<String> sparkOnlyColumns,
    long millis,
    Counters counters)
    implements Outcome {
  public Result {
    requireNonNull(schemaJson, "schemaJson is null");
    requireNonNull(rows, "rows is null");
    files = List.copyOf(files);
    inline = inline.stream().map(List::copyOf).toList();
    sparkOnlyColumns = List.copyOf(sparkOnlyColumns);
    requireNonNull(counters, "counters is null");
  }

  /** The size of all staged files. */
  public long bytes() {
    return files.stream().mapToLong(StagedFile::bytes).sum();
  }

  @Override
  public Result orThrow() {
    return this;
  }
}
