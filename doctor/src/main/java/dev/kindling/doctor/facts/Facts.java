package dev.kindling.doctor.facts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the log of one application says.
 *
 * @param id the cluster's name of the application; empty text when the log does not say
 * @param started milliseconds since 1970
 * @param ended empty for an application that runs, or was killed
 * @param lastEvent the time of the latest event, milliseconds since 1970
 * @param conf Spark's settings, as far as they were set
 * @param slots the most tasks that could run at once, by the cores of the executors; at least 1
 * @param notes what of the log could not be read, in words
 */
public record Facts(
    String id,
    String name,
    String sparkVersion,
    long started,
    OptionalLong ended,
    long lastEvent,
    Map<String, String> conf,
    List<ExecutorFacts> executors,
    int slots,
    List<StageFacts> stages,
    List<QueryFacts> queries,
    int jobs,
    int failedJobs,
    List<String> notes) {
  public Facts {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(sparkVersion, "sparkVersion is null");
    requireNonNull(ended, "ended is null");
    conf = Map.copyOf(conf);
    executors = List.copyOf(executors);
    stages = List.copyOf(stages);
    queries = List.copyOf(queries);
    notes = List.copyOf(notes);
  }

  /** From its start to its end, or to the last event of a log that has no end. */
  public long millis() {
    return Math.max(0, ended.orElse(lastEvent) - started);
  }

  /** All stages' tasks together. */
  public long sum(Measure measure) {
    return stages.stream().mapToLong(stage -> stage.tasks().sum(measure)).sum();
  }

  public String conf(String key, String otherwise) {
    return conf.getOrDefault(key, otherwise);
  }

  /** The time of the longest stage that a node of a plan ran in, in milliseconds; 0 for none. */
  public long longestStage(PlanNode node) {
    return stages.stream()
        .filter(stage -> stage.ran(node))
        .mapToLong(StageFacts::millis)
        .max()
        .orElse(0);
  }
}
