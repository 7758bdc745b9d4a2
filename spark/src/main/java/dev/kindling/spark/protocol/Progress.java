package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

/**
 * How far the running request is. Spark plans further stages while it runs, so the total may grow.
 *
 * @param stagesDone stages that are complete
 * @param tasksDone tasks that are complete
 * @param tasksKnown tasks of all stages begun so far
 * @param stage what the stage that began last does, such as {@code Scan csv → Exchange}
 */
public record Progress(int stagesDone, int tasksDone, int tasksKnown, String stage)
    implements Message {
  public Progress {
    requireNonNull(stage, "stage is null");
  }
}
