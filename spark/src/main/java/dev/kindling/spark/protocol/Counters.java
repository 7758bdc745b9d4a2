package dev.kindling.spark.protocol;

import dev.kindling.model.record.StageRecord;
import java.util.List;

/**
 * What a request cost inside Spark.
 *
 * @param stages how many stages began
 * @param tasks how many tasks succeeded
 * @param failedTasks how many did not
 * @param finished the stages that ended, in the order of their ends
 */
public record Counters(int stages, int tasks, int failedTasks, List<StageRecord> finished) {
  /** Of a request that started no Spark job. */
  public static final Counters NONE = new Counters(0, 0, 0, List.of());

  public Counters {
    finished = List.copyOf(finished);
  }
}
