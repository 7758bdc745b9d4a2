package dev.kindling.cluster.sizing;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.ByteSize;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the record of a run tells about the size of its work.
 *
 * @param runId the run
 * @param rows rows of all sources whose rows were counted
 * @param data bytes of all sources of which something is known; empty when of none
 * @param millis how long the run took
 * @param sparkTables how many tables Spark ran
 * @param used how each source's bytes are known, one sentence each
 * @param missing what a better sizing would need and the record does not hold, one sentence each
 */
public record RunFacts(
    String runId,
    long rows,
    OptionalLong data,
    long millis,
    long sparkTables,
    List<String> used,
    List<String> missing) {
  public RunFacts {
    requireNonNull(runId, "runId is null");
    requireNonNull(data, "data is null");
    used = List.copyOf(used);
    missing = List.copyOf(missing);
  }

  /** Reads a record. */
  public static RunFacts of(RunRecord record) {
    List<String> used = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    long rows = 0;
    long data = 0;
    for (TableRecord table : record.tables()) {
      if (table.sql().isPresent()) {
        continue;
      }
      rows += table.rows().orElse(0);
      OptionalLong width = RowWidth.of(table.columns());
      if (table.bytes().isPresent()) {
        data += table.bytes().getAsLong();
        used.add(
            "%s: %s, as recorded"
                .formatted(table.name(), ByteSize.show(table.bytes().getAsLong())));
      } else if (table.rows().isPresent() && width.isPresent()) {
        long estimate = table.rows().getAsLong() * width.getAsLong();
        data += estimate;
        used.add(
            "%s: %s × %d bytes, Spark's own estimate for a row of its columns, = %s"
                .formatted(
                    table.name(),
                    Amounts.count(table.rows().getAsLong(), "row"),
                    width.getAsLong(),
                    ByteSize.show(estimate)));
      } else {
        missing.add(
            "the size of source %s: neither its bytes nor both its rows and simple columns are recorded"
                .formatted(table.name()));
      }
    }
    missing.add("peak memory, spill and shuffle bytes: this version does not record them");
    return new RunFacts(
        record.runId(),
        rows,
        data > 0 ? OptionalLong.of(data) : OptionalLong.empty(),
        record.millis(),
        record.tables().stream().filter(table -> table.engine() == Engine.SPARK).count(),
        used,
        missing);
  }
}
