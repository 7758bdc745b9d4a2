package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The Spark on which a pipeline's tables run, when it is not one of the command's own.
 *
 * @param name as the user calls it
 * @param master Spark's master
 * @param settings what Kindling decided for the application there; what the user gave is not among
 *     them
 */
public record TargetRecord(String name, String master, List<SettingRecord> settings) {
  public TargetRecord {
    requireNonNull(name, "name is null");
    requireNonNull(master, "master is null");
    settings = List.copyOf(settings);
  }
}
