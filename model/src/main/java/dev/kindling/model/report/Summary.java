package dev.kindling.model.report;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.util.ArrayList;
import java.util.List;

/** A run in one sentence. */
final class Summary {
  private Summary() {}

  static String of(RunRecord run) {
    long embedded = 0;
    long spark = 0;
    long skipped = 0;
    long unchanged = 0;
    long badRecords = 0;
    long violations = 0;
    long brokenTables = 0;
    long unusual = 0;
    for (TableRecord table : run.tables()) {
      if (table.status() == TableStatus.SKIPPED) {
        skipped++;
      } else if (table.status() == TableStatus.UNCHANGED) {
        unchanged++;
      } else if (table.engine() == Engine.SPARK) {
        spark++;
      } else {
        embedded++;
      }
      if (table.status() == TableStatus.UNCHANGED) {
        continue;
      }
      badRecords += table.badRecords().map(b -> b.count()).orElse(0L);
      unusual += table.observed().unusual().size();
      for (ExpectationResult result : table.expectations()) {
        if (result.aboutTable()) {
          brokenTables += result.violations() > 0 ? 1 : 0;
        } else {
          violations += result.violations();
        }
      }
    }
    List<String> parts = new ArrayList<>();
    parts.add(engines(embedded, spark));
    if (skipped > 0) {
      parts.add(Amounts.count(skipped, "table") + " not run");
    }
    if (unchanged > 0) {
      parts.add(Amounts.count(unchanged, "table") + " unchanged");
    }
    long written = run.published().size();
    parts.add(written == 0 ? "nothing published" : Amounts.count(written, "output") + " published");
    if (badRecords > 0) {
      parts.add(Amounts.count(badRecords, "bad record"));
    }
    if (violations > 0) {
      parts.add(Amounts.count(violations, "row") + " against expectations");
    }
    if (unusual > 0) {
      parts.add(Amounts.count(unusual, "unusual figure"));
    }
    if (brokenTables > 0) {
      parts.add(Amounts.count(brokenTables, "table rule") + " broken");
    }
    String end =
        switch (run.status()) {
          case SUCCEEDED -> "Succeeded in ";
          case FAILED -> "Failed after ";
          case INTERRUPTED -> "Interrupted after ";
        };
    return end + Amounts.time(run.millis()) + ": " + String.join(", ", parts) + ".";
  }

  private static String engines(long embedded, long spark) {
    if (embedded + spark == 0) {
      return "no table run";
    }
    String tables = Amounts.count(embedded + spark, "table");
    if (spark == 0) {
      return tables + ", all embedded";
    }
    return embedded == 0
        ? tables + ", all on Spark"
        : tables + ", " + embedded + " embedded and " + spark + " on Spark";
  }
}
