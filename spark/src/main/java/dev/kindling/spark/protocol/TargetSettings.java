package dev.kindling.spark.protocol;

import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.record.SettingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an application on a target is started with because of the kind of the target, under what the
 * user gave. What depends on the cluster's size is decided when its master has told it.
 */
public final class TargetSettings {
  private static final String ALLOCATION = "spark.dynamicAllocation.";
  private static final String ALLOCATION_ENABLED = ALLOCATION + "enabled";
  private static final String IDLE = "60s";

  private final Map<String, String> given;
  private final List<SettingRecord> decided = new ArrayList<>();

  private TargetSettings(Map<String, String> given) {
    this.given = given;
  }

  /**
   * The settings with their reasons, none of which is among those given; none for a master of this
   * machine's own.
   *
   * @param master Spark's, such as {@code spark://host:7077}
   * @param given settings of the user's
   */
  public static List<SettingRecord> of(String master, Map<String, String> given) {
    TargetSettings settings = new TargetSettings(given);
    if (!Masters.isLocal(master)) {
      settings.allocate(master);
      settings.decommission(master);
      settings.speculate();
    }
    return List.copyOf(settings.decided);
  }

  /** Whether the number of executors follows the work, when these settings are given. */
  public static boolean allocatesDynamically(Map<String, String> given) {
    // Who says how many there are means that number.
    return Boolean.parseBoolean(
        given.getOrDefault(
            ALLOCATION_ENABLED, Boolean.toString(!given.containsKey("spark.executor.instances"))));
  }

  private void allocate(String master) {
    if (!allocatesDynamically(given)) {
      return;
    }
    decide(
        ALLOCATION_ENABLED,
        "true",
        "executors are started while tasks wait, and given back to others when they are idle");
    decide(
        ALLOCATION + "minExecutors",
        "1",
        "one executor stays, so that the next table starts at once");
    decide(
        ALLOCATION + "executorIdleTimeout", IDLE, "long enough to last from one table to the next");
    if (Boolean.parseBoolean(given.getOrDefault("spark.shuffle.service.enabled", "false"))) {
      return;
    }
    decide(
        ALLOCATION + "shuffleTracking.enabled",
        "true",
        master.startsWith("k8s://")
            ? "Kubernetes has no shuffle service: an executor stays while its shuffle files are read"
            : "without a shuffle service on each machine, an executor stays while its shuffle files"
                + " are read; spark.shuffle.service.enabled says that there is one");
    decide(
        ALLOCATION + "shuffleTracking.timeout",
        IDLE,
        "the shuffle files of a table that is done are not read again");
  }

  private void decommission(String master) {
    decide(
        "spark.decommission.enabled",
        "true",
        master.startsWith("spark://")
            ? "an executor that goes because it is idle, or because its worker is drained, ends its"
                + " tasks first"
            : "an executor that goes because it is idle, or because its machine is taken away, ends"
                + " its tasks first");
    String why = "its shuffle files and cached rows move on, so that nothing is computed again";
    decide("spark.storage.decommission.enabled", "true", why);
    decide("spark.storage.decommission.shuffleBlocks.enabled", "true", why);
    decide("spark.storage.decommission.rddBlocks.enabled", "true", why);
  }

  private void speculate() {
    decide(
        "spark.speculation",
        "true",
        "a slow machine does not hold up the others: its tasks are tried elsewhere as well, and one"
            + " of the two is taken");
    if (!Boolean.parseBoolean(given.getOrDefault("spark.speculation", "true"))) {
      return;
    }
    decide(
        "spark.speculation.quantile",
        "0.9",
        "only when nine tenths of a stage are done, as Spark 4 has it and Spark 3 has not");
    decide(
        "spark.speculation.multiplier",
        "3",
        "only for a task that takes three times as long, as Spark 4 has it and Spark 3 has not");
    decide(
        "spark.speculation.minTaskRuntime",
        "10s",
        "a second try of a task that ends soon anyway costs more than it saves");
  }

  private void decide(String name, String value, String why) {
    if (!given.containsKey(name)) {
      decided.add(new SettingRecord(name, value, why));
    }
  }
}
