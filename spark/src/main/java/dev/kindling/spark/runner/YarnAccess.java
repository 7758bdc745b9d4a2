package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** A conversation with the resource manager of a Hadoop cluster. */
final class YarnAccess implements AutoCloseable {
  private final YarnClient client;

  private YarnAccess(YarnClient client) {
    this.client = client;
  }

  /** Opens one, by the Hadoop configuration of the class path. */
  static YarnAccess open() {
    YarnConfiguration conf = new YarnConfiguration();
    // Hadoop itself tries for a quarter of an hour.
    conf.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, 10_000);
    conf.setLong(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, 1_000);
    conf.setInt("ipc.client.connect.max.retries", 1);
    conf.setInt("ipc.client.connect.timeout", 5_000);
    YarnClient client = YarnClient.createYarnClient();
    client.init(conf);
    client.start();
    return new YarnAccess(client);
  }

  /** The machines that run. */
  List<NodeReport> nodes() {
    return ask(() -> client.getNodeReports(NodeState.RUNNING));
  }

  /** The largest container that the resource manager gives. */
  Resource largestContainer() {
    return ask(
        () ->
            client.createApplication().getNewApplicationResponse().getMaximumResourceCapability());
  }

  /** The application that was submitted with a tag; empty while there is none. */
  Optional<ApplicationReport> tagged(String tag) {
    GetApplicationsRequest request = GetApplicationsRequest.newInstance();
    request.setApplicationTags(Set.of(tag));
    return ask(() -> client.getApplications(request)).stream().findFirst();
  }

  ApplicationReport report(ApplicationId id) {
    return ask(() -> client.getApplicationReport(id));
  }

  void kill(ApplicationId id) {
    ask(
        () -> {
          client.killApplication(id);
          return id;
        });
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException, YarnException;
  }

  private static <T> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException | YarnException e) {
      throw new TargetProblem(
          Failure.Kind.TARGET_UNREACHABLE,
          "The resource manager does not answer as one: " + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
