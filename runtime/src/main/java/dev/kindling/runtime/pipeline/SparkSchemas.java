package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.Read;
import dev.kindling.runtime.SparkSide;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.JavaSchema;
import dev.kindling.spark.protocol.Outcome;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.View;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The columns of what only Spark reads or runs: those that the pipeline declares, or Spark's. */
final class SparkSchemas {
  private final Workbench bench;

  SparkSchemas(Workbench bench) {
    this.bench = bench;
  }

  /** The columns of a source; Spark is asked when none are declared. */
  StructType of(String name, Read read) {
    if (read.schema().isPresent()) {
      return ofDdl(read.schema().get());
    }
    Outcome outcome = bench.spark().ask(new View(name, bench.spec(read)));
    if (outcome instanceof Failure failure && failure.isUserError()) {
      throw new KindlingException(ErrorCode.SQL_INVALID, failure.message());
    }
    return ofJson(((Result) outcome.orThrow()).schemaJson());
  }

  /** The columns of what a class gives; it is called without rows when none are declared. */
  StructType of(JavaCall call, List<StructType> inputs) {
    Optional<StructType> declared = call.schema().map(SparkSchemas::ofDdl);
    return declared.isPresent() ? declared.get() : ask(call, inputs);
  }

  /** Spark's JSON of a schema. */
  static StructType ofJson(String json) {
    return (StructType) DataType.fromJson(json);
  }

  /**
   * Spark's DDL of a schema.
   *
   * @throws KindlingException SQL_INVALID when it is none
   */
  static StructType ofDdl(String text) {
    try {
      return StructType.fromDDL(text);
    } catch (Exception e) {
      // Scala's code throws its parser's checked exception without a word.
      throw new KindlingException(
          ErrorCode.SQL_INVALID,
          "'schema' is no DDL: %s (accepted: columns and types, such as \"id BIGINT, name STRING\")"
              .formatted(firstLine(e)),
          e);
    }
  }

  // Below it stands the text again, with a mark, for readers who have no file to look at.
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  private StructType ask(JavaCall call, List<StructType> inputs) {
    List<String> types = inputs.stream().map(StructType::json).toList();
    Outcome outcome = bench.spark().ask(new JavaSchema(call.className(), types, call.options()));
    if (outcome instanceof Failure failure && failure.kind() != Failure.Kind.CANCELLED) {
      throw new KindlingException(
          ErrorCode.JAVA_CLASS,
          failure.message()
              + "\nIt was called with tables without rows, for the columns that it gives. A class"
              + " that needs rows for that has its columns in 'schema'.");
    }
    return ofJson(SparkSide.orThrow(outcome).schemaJson());
  }
}
