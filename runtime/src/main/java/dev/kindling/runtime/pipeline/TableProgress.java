package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

/** How far a table that runs is. */
public sealed interface TableProgress {
  /** Nothing is known. */
  record Unknown() implements TableProgress {}

  /**
   * What the embedded engine tells.
   *
   * @param done from 0 to 1
   */
  record Share(double done) implements TableProgress {}

  /**
   * What Spark tells. It plans further stages while it runs, so the number of tasks may grow.
   *
   * @param tasksKnown tasks of all stages that began, those that are done among them
   * @param stage what the stage that began last does; empty before the first one
   */
  record Stages(int stagesDone, int tasksDone, int tasksKnown, String stage)
      implements TableProgress {
    public Stages {
      requireNonNull(stage, "stage is null");
    }
  }
}
