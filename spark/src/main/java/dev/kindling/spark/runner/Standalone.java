package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.master.RecoveryState;
import org.apache.spark.deploy.master.WorkerInfo;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.reflect.ClassTag$;

/**
 * One of Spark's own clusters, as its master tells it: asked with the application's own secret
 * before the application starts, because Spark itself tries for minutes and then says little.
 *
 * @param workers the number of its workers
 * @param cores of all workers together
 * @param smallestWorkerMb the memory for executors on the worker that has least
 */
record Standalone(int workers, int cores, int smallestWorkerMb) {
  private static final String PREFIX = "spark://";

  /** The cluster that an application's settings name; empty when they name another kind. */
  static Optional<Standalone> of(SparkConf application) {
    String master = application.get("spark.master");
    if (!master.startsWith(PREFIX)) {
      return Optional.empty();
    }
    SparkConf conf = application.clone();
    conf.set("spark.rpc.lookupTimeout", "10s");
    conf.set("spark.rpc.askTimeout", "10s");
    conf.set("spark.network.timeout", "20s");
    conf.set("spark.executor.heartbeatInterval", "5s");
    // One refusal is an answer.
    conf.set("spark.rpc.numRetries", "1");
    conf.set("spark.rpc.io.maxRetries", "0");
    String address = conf.get("spark.driver.bindAddress", "127.0.0.1");
    SecurityManager security =
        new SecurityManager(
            conf,
            scala.Option.empty(),
            org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
    RpcEnv rpc = RpcEnv.create("kindling-preflight", address, 0, conf, security, true);
    try {
      return Optional.of(ask(rpc, master));
    } finally {
      rpc.shutdown();
    }
  }

  private static Standalone ask(RpcEnv rpc, String master) {
    List<String> failures = new ArrayList<>();
    Throwable last = null;
    for (String address : master.substring(PREFIX.length()).split(",")) {
      try {
        RpcEndpointRef ref =
            rpc.setupEndpointRef(RpcAddress.fromSparkURL(PREFIX + address), "Master");
        DeployMessages.MasterStateResponse state =
            ref.askSync(
                DeployMessages.RequestMasterState$.MODULE$,
                ClassTag$.MODULE$.apply(DeployMessages.MasterStateResponse.class));
        if (!state.status().equals(RecoveryState.STANDBY())) {
          return of(master, state.workers());
        }
        failures.add(address + ": it is a standby");
      } catch (Throwable e) {
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
        "No master of %s is active:\n  %s".formatted(master, String.join("\n  ", failures)),
        last);
  }

  private static Standalone of(String master, WorkerInfo[] workers) {
    if (workers.length == 0) {
      throw new TargetProblem(
          Failure.Kind.TARGET_RESOURCES,
          "The master %s has no workers: nothing can run there. Start one, and run again."
              .formatted(master),
          null);
    }
    return new Standalone(
        workers.length,
        Stream.of(workers).mapToInt(WorkerInfo::cores).sum(),
        Stream.of(workers).mapToInt(WorkerInfo::memory).min().orElseThrow());
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

  /** Settings that fit the cluster, under those that the user gave. */
  Map<String, String> defaults() {
    // One executor a worker, with all that the worker gives: a larger heap than this one would make
    // Java's references twice as long.
    int memory = Math.min(smallestWorkerMb, 31 << 10);
    return Map.ofEntries(
        Map.entry("spark.executor.memory", memory + "m"),
        Map.entry("spark.sql.shuffle.partitions", Integer.toString(Math.max(16, 4 * cores))),
        // A worker that is drained hands its shuffle files on, so that nothing is computed again.
        Map.entry("spark.decommission.enabled", "true"),
        Map.entry("spark.storage.decommission.enabled", "true"),
        Map.entry("spark.storage.decommission.shuffleBlocks.enabled", "true"),
        Map.entry("spark.storage.decommission.rddBlocks.enabled", "true"),
        Map.entry("spark.ui.enabled", "true"),
        Map.entry("spark.ui.port", "0"));
  }
}
