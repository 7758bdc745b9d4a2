package dev.kindling.spark.runner;

import dev.kindling.model.pipeline.Target;
import dev.kindling.spark.protocol.Failure;
import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.MasterMessages;
import org.apache.spark.deploy.master.RecoveryState;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.reflect.ClassTag$;

/**
 * A conversation with the active master of one of Spark's own clusters, with the application's own
 * secret, because Spark itself tries for minutes and then says little.
 */
final class MasterConnection implements AutoCloseable {
  private static final String PREFIX = "spark://";

  private final RpcEnv rpc;
  private final String masters;
  private final Optional<String> pageToken;

  private MasterConnection(RpcEnv rpc, String masters, Optional<String> pageToken) {
    this.rpc = rpc;
    this.masters = masters;
    this.pageToken = pageToken;
  }

  /** Whether an application's settings name such a cluster. */
  static boolean isFor(SparkConf application) {
    return application.get("spark.master").startsWith(PREFIX);
  }

  /**
   * Opens one; the master hears of it with the first question.
   *
   * @param address of this machine, which the master's answers come to
   */
  static MasterConnection open(SparkConf application, String address) {
    SparkConf conf = application.clone();
    conf.set("spark.rpc.lookupTimeout", "10s");
    conf.set("spark.rpc.askTimeout", "10s");
    conf.set("spark.network.timeout", "20s");
    conf.set("spark.executor.heartbeatInterval", "5s");
    // One refusal is an answer.
    conf.set("spark.rpc.numRetries", "1");
    conf.set("spark.rpc.io.maxRetries", "0");
    SecurityManager security =
        new SecurityManager(
            conf,
            scala.Option.empty(),
            org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
    RpcEnv rpc = RpcEnv.create("kindling-preflight", address, 0, conf, security, true);
    return new MasterConnection(
        rpc,
        conf.get("spark.master"),
        Optional.of(conf.get(Target.PAGE_TOKEN, "")).filter(token -> !token.isEmpty()));
  }

  /**
   * The workers that are alive, at least one. What of them is in use, only {@link #occupancy}
   * tells.
   *
   * @throws TargetProblem when no master is active, takes this application, is of its version, or
   *     has a worker
   */
  List<WorkerInfo> workers() {
    Active active = active();
    requireVersion(active);
    List<WorkerInfo> workers =
        Stream.of(active.state().workers()).filter(WorkerInfo::isAlive).toList();
    if (workers.isEmpty()) {
      throw new TargetProblem(
          Failure.Kind.TARGET_RESOURCES,
          "The master %s has no workers: nothing can run there. Start one, and run again."
              .formatted(masters),
          null);
    }
    return workers;
  }

  /**
   * What of the cluster is in use at the moment; empty when this application may not see the
   * master's page.
   *
   * @throws TargetProblem when no master is active
   */
  Optional<Occupancy> occupancy() {
    return page(active()).occupancy();
  }

  private MasterPage page(Active active) {
    MasterMessages.BoundPortsResponse ports =
        ask(
            active.endpoint(),
            MasterMessages.BoundPortsRequest$.MODULE$,
            MasterMessages.BoundPortsResponse.class);
    return new MasterPage(active.endpoint().address().host(), ports.webUIPort(), pageToken);
  }

  // Masters answer applications of other versions, whose executors then fail one after the other.
  private void requireVersion(Active active) {
    String own = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    Optional<String> other = page(active).version().filter(found -> !line(found).equals(line(own)));
    if (other.isPresent()) {
      throw new TargetProblem(
          Failure.Kind.TARGET_REFUSED,
          ("The cluster %s runs Spark %s, and this application would run Spark %s: the first two"
                  + " numbers must be the same. Use a cluster of Spark %s.")
              .formatted(masters, other.get(), own, line(own)),
          null);
    }
  }

  // Within one, versions understand each other.
  private static String line(String version) {
    return Stream.of(version.split("\\.")).limit(2).collect(Collectors.joining("."));
  }

  /**
   * Asks the active master.
   *
   * @throws TargetProblem when none is active
   */
  <T> T ask(Object question, Class<T> answer) {
    return ask(active().endpoint(), question, answer);
  }

  private static <T> T ask(RpcEndpointRef master, Object question, Class<T> answer) {
    try {
      return master.askSync(question, ClassTag$.MODULE$.apply(answer));
    } catch (Exception | LinkageError e) {
      // Scala's code throws checked exceptions without a word.
      throw problem(master.address().hostPort(), e);
    }
  }

  private record Active(RpcEndpointRef endpoint, DeployMessages.MasterStateResponse state) {}

  private Active active() {
    List<String> failures = new ArrayList<>();
    Throwable last = null;
    for (String address : masters.substring(PREFIX.length()).split(",")) {
      try {
        RpcEndpointRef ref =
            rpc.setupEndpointRef(RpcAddress.fromSparkURL(PREFIX + address), "Master");
        DeployMessages.MasterStateResponse state =
            ref.askSync(
                DeployMessages.RequestMasterState$.MODULE$,
                ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class));
        if (!state.status().equals(RecoveryState.STANDBY())) {
          return new Active(ref, state);
        }
        failures.add(address + ": it is a standby");
      } catch (Exception | LinkageError e) {
        // Another version's classes may not fit; Scala's code throws checked exceptions too.
        TargetProblem problem = problem(address, e);
        if (problem.kind() != Failure.Kind.TARGET_UNREACHABLE) {
          throw problem;
        }
        failures.add(problem.getMessage());
        last = e;
      }
    }
    throw new TargetProblem(
        Failure.Kind.TARGET_UNREACHABLE,
        "No master of %s is active:\n  %s".formatted(masters, String.join("\n  ", failures)),
        last);
  }

  private static TargetProblem problem(String address, Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof InvalidClassException || text.contains("serialVersionUID")) {
        return new TargetProblem(
            Failure.Kind.TARGET_REFUSED,
            "The master %s runs another version of Spark than %s, which Kindling has: %s"
                .formatted(address, org.apache.spark.package$.MODULE$.SPARK_VERSION(), text),
            thrown);
      }
      if (text.contains("SaslException")
          || text.contains("Authentication")
          || text.contains("authenticat")
          || text.contains("Expected SaslMessage")
          || text.contains("Unknown challenge")
          || cause instanceof java.security.GeneralSecurityException) {
        return refused(address, text, thrown);
      }
    }
    boolean late =
        thrown instanceof TimeoutException || thrown.getCause() instanceof TimeoutException;
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof java.nio.channels.ClosedChannelException
        || String.valueOf(root.getMessage()).contains("Outbox is stopped")
        || String.valueOf(root.getMessage()).contains("Connection from")
        || String.valueOf(root.getMessage()).contains("Connection reset")) {
      return refused(address, "it ended the conversation", thrown);
    }
    return new TargetProblem(
        Failure.Kind.TARGET_UNREACHABLE,
        "%s: %s".formatted(address, late ? "no answer within 10 seconds" : root.getMessage()),
        thrown);
  }

  private static TargetProblem refused(String address, String text, Throwable thrown) {
    return new TargetProblem(
        Failure.Kind.TARGET_REFUSED,
        ("The master %s does not take the application: %s. Either the target's settings"
                + " spark.authenticate, spark.authenticate.secret and spark.network.crypto.enabled"
                + " are not the cluster's, or this is no master of Spark's.")
            .formatted(address, text.lines().findFirst().orElse("")),
        thrown);
  }

  @Override
  public void close() {
    rpc.shutdown();
  }
}
