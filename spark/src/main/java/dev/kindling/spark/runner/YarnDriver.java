package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.spark.SparkConf;

/** A driver that runs in a container of a Hadoop cluster. */
final class YarnDriver extends RemoteDriver {
  private static final String TAGS = "spark.yarn.tags";

  private final YarnAccess access;
  private final ApplicationId id;

  private YarnDriver(YarnAccess access, ApplicationId id) {
    this.access = access;
    this.id = id;
  }

  /**
   * Has Spark submit one.
   *
   * @param arguments of spark-submit
   * @throws TargetProblem when the cluster takes none
   */
  static YarnDriver submit(YarnAccess access, SparkConf conf, List<String> arguments) {
    // Spark tells the application's id in its log only.
    String tag = "kindling-" + UUID.randomUUID();
    String tags = conf.contains(TAGS) ? conf.get(TAGS) + "," + tag : tag;
    SparkSubmission.run(arguments, TAGS, tags, "spark.yarn.submit.waitAppCompletion", "false");
    return access
        .tagged(tag)
        .map(report -> new YarnDriver(access, report.getApplicationId()))
        .orElseThrow(
            () ->
                new TargetProblem(
                    Failure.Kind.TARGET_REFUSED,
                    "The resource manager took the application and does not know it.",
                    null));
  }

  @Override
  String id() {
    return id.toString();
  }

  @Override
  State state() {
    ApplicationReport report = access.report(id);
    YarnApplicationState state = report.getYarnApplicationState();
    return switch (state) {
      // It ended by itself, well or not.
      case FINISHED ->
          new State(
              report.getFinalApplicationStatus() == FinalApplicationStatus.SUCCEEDED
                  ? "FINISHED"
                  : "FAILED",
              true,
              report.getDiagnostics().strip());
      case FAILED, KILLED -> new State(state.name(), true, report.getDiagnostics().strip());
      case RUNNING -> new State(state.name(), false, "on " + report.getHost());
      default -> new State(state.name(), false, "");
    };
  }

  @Override
  void kill() {
    access.kill(id);
  }

  @Override
  void showLastWords() {
    System.err.println("Its log: yarn logs -applicationId " + id);
  }
}
