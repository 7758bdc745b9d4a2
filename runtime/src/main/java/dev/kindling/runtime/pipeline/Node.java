package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.RefusalRecord;
import dev.kindling.runtime.Engines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table on its way through planning and running. One thread works on it. */
final class Node {
  final Table table;
  // In lower case, tables of the pipeline only.
  final Set<String> reads = new LinkedHashSet<>();
  // The others that its expectations look at; likewise.
  final Set<String> checkReads = new LinkedHashSet<>();
  // What it names that is no table of the pipeline, such as a file.
  final Set<String> otherReads = new LinkedHashSet<>();
  final List<Node> readers = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();

  // A problem was reported: what reads it cannot be checked.
  boolean broken;
  Engine engine = Engine.EMBEDDED;
  Materialisation materialisation = Materialisation.INLINED;
  // Why Spark's writer is needed, for an output that the embedded engine has no writer for.
  Optional<String> sparkWrites = Optional.empty();
  // An expectation that only Spark can check.
  boolean sparkChecks;
  Optional<StructType> schema = Optional.empty();
  Optional<PreparedQuery> prepared = Optional.empty();
  // What may give other rows for the same input, in its query or its expectations.
  Optional<String> changing = Optional.empty();
  // What the query would hold at once in the embedded engine; empty where that is not known.
  OptionalLong workBytes = OptionalLong.empty();

  Node(Table table) {
    this.table = table;
  }

  /**
   * The same table on its way to its readers only.
   *
   * @param reason why it is not written, for one that would be
   */
  Node unwritten(String reason) {
    Node node = new Node(table.unwritten());
    node.reads.addAll(reads);
    node.checkReads.addAll(checkReads);
    node.otherReads.addAll(otherReads);
    node.broken = broken;
    if (table.write().isPresent()) {
      node.reasons.add(reason);
    }
    return node;
  }

  String name() {
    return table.name();
  }

  boolean isRead() {
    return table.definition() instanceof Read;
  }

  Read read() {
    return (Read) table.definition();
  }

  boolean isQuery() {
    return table.definition() instanceof Query;
  }

  Query query() {
    return (Query) table.definition();
  }

  boolean isJava() {
    return table.definition() instanceof JavaCall;
  }

  JavaCall java() {
    return (JavaCall) table.definition();
  }

  /** Its SQL; empty for a table that is read, or computed by a class. */
  Optional<String> sql() {
    return isQuery() ? Optional.of(query().sql()) : Optional.empty();
  }

  boolean onSpark() {
    return engine == Engine.SPARK;
  }

  boolean hasExpectations() {
    return !table.expectations().isEmpty();
  }

  /** Whether something is done with its rows. */
  boolean isUsed() {
    return !readers.isEmpty() || table.write().isPresent() || hasExpectations();
  }

  boolean hasReaderOn(Engine other) {
    return readers.stream().anyMatch(reader -> reader.engine == other);
  }

  /** One line. */
  String whyOnSpark() {
    return refusals.isEmpty() ? String.join("; ", reasons) : Engines.oneLine(refusals);
  }

  List<RefusalRecord> refusalRecords() {
    List<RefusalRecord> records = new ArrayList<>();
    for (Refusal refusal : refusals) {
      records.add(
          new RefusalRecord(
              refusal.code().name(),
              Optional.of(place(refusal)).filter(text -> !text.isEmpty()),
              refusal.detail()));
    }
    return records;
  }

  private String place(Refusal refusal) {
    if (!isQuery()) {
      return refusal.construct() + " at " + table.definition().start();
    }
    if (refusal.line().isEmpty()) {
      return refusal.construct();
    }
    return refusal.construct()
        + " at "
        + query().source().at(refusal.line().getAsInt(), refusal.column().orElse(1));
  }

  List<ColumnRecord> columns() {
    List<ColumnRecord> columns = new ArrayList<>();
    schema.ifPresent(
        type -> {
          for (StructField field : type.fields()) {
            columns.add(new ColumnRecord(field.name(), field.dataType().sql(), field.nullable()));
          }
        });
    return columns;
  }
}
