package dev.kindling.spark.runner;

import dev.kindling.model.record.SettingRecord;

/** How many partitions a shuffle gets on a cluster, of whatever kind that is. */
final class ShuffleSettings {
  private static final int FOR_EACH_CORE = 4;
  private static final int FEWEST = 16;

  private ShuffleSettings() {}

  /**
   * The setting, with its reason.
   *
   * @param whose the words for the cores that are counted, with a place for their number
   */
  static SettingRecord partitions(int cores, String whose) {
    return new SettingRecord(
        "spark.sql.shuffle.partitions",
        Integer.toString(Math.max(FEWEST, FOR_EACH_CORE * cores)),
        "four for each of the "
            + whose.formatted(cores)
            + ", at least 16; adaptive execution joins small ones");
  }
}
