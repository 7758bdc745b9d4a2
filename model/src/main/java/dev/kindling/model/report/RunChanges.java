package dev.kindling.model.report;

import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What is other than in the run before. */
final class RunChanges {
  // Times differ from run to run: only what somebody would notice is told.
  private static final long NOTICED_MILLIS = 500;
  private static final double NOTICED_FACTOR = 1.5;

  private RunChanges() {}

  /** What changed in the pipeline and its settings, one sentence each. */
  static List<String> ofRun(RunRecord before, RunRecord now) {
    List<String> changes = new ArrayList<>();
    if (!before.kindlingVersion().equals(now.kindlingVersion())) {
      changes.add("Kindling " + before.kindlingVersion() + " → " + now.kindlingVersion());
    }
    if (before.status() != now.status()) {
      changes.add(
          "the run " + Words.of(now.status()) + "; the one before " + Words.of(before.status()));
    }
    TreeSet<String> keys = new TreeSet<>(before.conf().keySet());
    keys.addAll(now.conf().keySet());
    for (String key : keys) {
      String old = before.conf().get(key);
      String set = now.conf().get(key);
      if (old == null) {
        changes.add(key + " is set to " + set);
      } else if (set == null) {
        changes.add(key + " is not set any more; it was " + old);
      } else if (!old.equals(set)) {
        changes.add(key + ": " + old + " → " + set);
      }
    }
    Map<String, TableRecord> left = byName(before);
    now.tables().forEach(table -> left.remove(key(table)));
    left.values().forEach(table -> changes.add("table '" + table.name() + "' was not part of it"));
    return changes;
  }

  /**
   * What changed in each table that was computed, by its name; tables without a change are left
   * out.
   */
  static Map<String, List<String>> ofTables(RunRecord before, RunRecord now) {
    Map<String, TableRecord> known = byName(before);
    Map<String, List<String>> changes = new LinkedHashMap<>();
    for (TableRecord table : now.tables()) {
      if (table.status() == TableStatus.UNCHANGED) {
        continue;
      }
      TableRecord old = known.get(key(table));
      List<String> found = old == null ? List.of("is new") : changes(old, table);
      if (!found.isEmpty()) {
        changes.put(table.name(), found);
      }
    }
    return changes;
  }

  private static List<String> changes(TableRecord old, TableRecord table) {
    List<String> changes = new ArrayList<>();
    boolean wasFailed = old.status() == TableStatus.FAILED;
    if (wasFailed != (table.status() == TableStatus.FAILED)) {
      changes.add(wasFailed ? "failed in the run before" : "failed, and did not in the run before");
    }
    if (!old.sql().equals(table.sql())) {
      changes.add("its SQL is another");
    }
    columns(old, table, changes);
    if (computed(old) && computed(table)) {
      if (old.engine() != table.engine()) {
        changes.add(Words.engine(old.engine()) + " → " + Words.engine(table.engine()));
      }
      rows(old, table, changes);
      violations(old, table, changes);
      time(old, table, changes);
    }
    return changes;
  }

  private static boolean computed(TableRecord table) {
    return table.status() == TableStatus.SUCCEEDED || table.status() == TableStatus.UNCHANGED;
  }

  private static void columns(TableRecord old, TableRecord table, List<String> changes) {
    if (old.columns().isEmpty() || table.columns().isEmpty()) {
      return;
    }
    Map<String, String> before = types(old);
    Map<String, String> now = types(table);
    now.forEach(
        (column, type) -> {
          String was = before.remove(column);
          if (was == null) {
            changes.add("column '" + column + "' is new");
          } else if (!was.equals(type)) {
            changes.add("column '" + column + "': " + was + " → " + type);
          }
        });
    before.keySet().forEach(column -> changes.add("column '" + column + "' is gone"));
  }

  private static Map<String, String> types(TableRecord table) {
    Map<String, String> types = new LinkedHashMap<>();
    for (ColumnRecord column : table.columns()) {
      types.put(column.name(), column.type());
    }
    return types;
  }

  private static void rows(TableRecord old, TableRecord table, List<String> changes) {
    if (old.rows().isEmpty() || table.rows().isEmpty()) {
      return;
    }
    long before = old.rows().getAsLong();
    long now = table.rows().getAsLong();
    if (before != now) {
      String share =
          before == 0
              ? ""
              : String.format(Locale.ROOT, " (%+.1f %%)", 100.0 * (now - before) / before);
      changes.add(Amounts.number(before) + " → " + Amounts.count(now, "row") + share);
    }
  }

  private static void violations(TableRecord old, TableRecord table, List<String> changes) {
    Map<String, Long> before = new LinkedHashMap<>();
    old.expectations().forEach(result -> before.put(result.description(), result.violations()));
    for (ExpectationResult result : table.expectations()) {
      long was = before.getOrDefault(result.description(), 0L);
      if (was != result.violations() && !result.aboutTable()) {
        changes.add(
            Amounts.number(was)
                + " → "
                + Amounts.count(result.violations(), "row")
                + " against '"
                + result.description()
                + "'");
      }
    }
  }

  private static void time(TableRecord old, TableRecord table, List<String> changes) {
    long low = Math.min(old.millis(), table.millis());
    long high = Math.max(old.millis(), table.millis());
    if (old.status() == TableStatus.SUCCEEDED
        && high - low >= NOTICED_MILLIS
        && high >= low * NOTICED_FACTOR) {
      changes.add(Amounts.time(old.millis()) + " → " + Amounts.time(table.millis()));
    }
  }

  private static Map<String, TableRecord> byName(RunRecord run) {
    Map<String, TableRecord> tables = new LinkedHashMap<>();
    run.tables().forEach(table -> tables.put(key(table), table));
    return tables;
  }

  private static String key(TableRecord table) {
    return table.name().toLowerCase(Locale.ROOT);
  }
}
