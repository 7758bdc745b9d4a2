package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

/**
 * A setting of Spark that Kindling decided, and that the user may decide otherwise by giving it.
 *
 * @param name the whole name, such as {@code spark.speculation}
 * @param why one sentence without a full stop
 */
public record SettingRecord(String name, String value, String why) {
  public SettingRecord {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(why, "why is null");
  }
}
