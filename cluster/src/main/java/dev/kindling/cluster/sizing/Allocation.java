package dev.kindling.cluster.sizing;

import static java.util.Objects.requireNonNull;

/** Whether an application keeps all its executors, or takes and gives them back as it needs. */
public sealed interface Allocation {
  /**
   * One sentence.
   *
   * @return why
   */
  String reason();

  /** As many executors from start to end. */
  record Fixed(int executors, String reason) implements Allocation {
    public Fixed {
      requireNonNull(reason, "reason is null");
    }
  }

  /** {@code spark.dynamicAllocation}. */
  record Dynamic(int least, int initial, int most, String reason) implements Allocation {
    public Dynamic {
      requireNonNull(reason, "reason is null");
    }
  }

  /** What suits a workload. */
  static Allocation of(SizingRequest request, Division division) {
    int executors = division.executors();
    return switch (request.workload()) {
      case ETL ->
          new Dynamic(
              1,
              Math.min(request.shape().nodes(), executors),
              executors,
              "stages of a batch need very different numbers of executors");
      case ML ->
          new Fixed(
              executors,
              "an executor that goes takes its cached blocks along, and barrier stages accept no"
                  + " dynamic allocation");
      case STREAMING ->
          new Fixed(
              executors,
              "between micro-batches executors look idle: they would go and come all the time,"
                  + " and their state with them");
    };
  }
}
