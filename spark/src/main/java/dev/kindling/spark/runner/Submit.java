package dev.kindling.spark.runner;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.SubmitCall;
import dev.kindling.spark.protocol.SubmitOutcome;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmit;

/**
 * Main class of the process that submits a user's application: asks the master first, then goes on
 * as Spark's own spark-submit. In client mode the application's driver is this process.
 */
public final class Submit {
  private static final String NETWORK = "org.apache.spark.network";
  private static final String RESOLVER = "org.apache.spark.util.MavenUtils";

  private Submit() {}

  /** Takes the words of a {@link SubmitCall}; ends with the application's exit code. */
  public static void main(String[] words) throws IOException {
    endWithParent();
    SubmitCall call = SubmitCall.of(words);
    SparkConf conf = settings(call);
    try {
      if (MasterConnection.isFor(conf)) {
        submitToCluster(call, conf);
      } else if (TargetCluster.isKubernetes(conf)) {
        submitToKubernetes(call, conf);
      } else if (TargetCluster.isYarn(conf)) {
        submitToYarn(call, conf);
      } else {
        goOn(call);
      }
    } catch (TargetProblem problem) {
      refuse(call, code(problem), problem.getMessage());
    } catch (RuntimeException e) {
      if (!comesFromResolver(e)) {
        throw e;
      }
      refuse(
          call,
          ErrorCode.PACKAGES_UNRESOLVED,
          "Cannot fetch what --packages names: %s. Check the names, and that this machine reaches the repositories; --repositories adds others, --jars takes files."
              .formatted(e.getMessage()));
    }
  }

  private static void submitToCluster(SubmitCall call, SparkConf conf) {
    boolean client = isClient(conf);
    String address = conf.get("spark.driver.bindAddress", call.address());
    // What goes wrong there becomes an answer; Spark's stack traces in front of it say less.
    Level before = LogManager.getLogger(NETWORK).getLevel();
    Configurator.setLevel(NETWORK, Level.OFF);
    try (MasterConnection master = MasterConnection.open(conf, address)) {
      new Capacity(master.workers()).check(conf, client);
      if (!client && !conf.getBoolean("spark.master.rest.enabled", false)) {
        ClusterDriver.submit(master, arguments(call).toArray(new String[0]))
            .follow(call.follow(), call.outcome());
        return;
      }
    } finally {
      Configurator.setLevel(NETWORK, before);
    }
    goOn(call);
  }

  private static void submitToKubernetes(SubmitCall call, SparkConf conf) {
    if (isClient(conf)) {
      try (KubernetesAccess access = KubernetesAccess.ofDriver(conf)) {
        access.check();
      }
      goOn(call);
      return;
    }
    try (KubernetesAccess access = KubernetesAccess.ofSubmission(conf)) {
      access.check();
      KubernetesDriver.submit(access, conf, arguments(call)).follow(call.follow(), call.outcome());
    }
  }

  private static void submitToYarn(SubmitCall call, SparkConf conf) {
    Yarn.of(conf);
    if (isClient(conf)) {
      goOn(call);
      return;
    }
    try (YarnAccess access = YarnAccess.open()) {
      YarnDriver.submit(access, conf, arguments(call)).follow(call.follow(), call.outcome());
    }
    // Hadoop's client leaves threads behind.
    Exit.now(0);
  }

  private static boolean isClient(SparkConf conf) {
    return !conf.get("spark.submit.deployMode", "client").equals("cluster");
  }

  private static void goOn(SubmitCall call) {
    SparkSubmit.main(arguments(call).toArray(new String[0]));
  }

  private static ErrorCode code(TargetProblem problem) {
    return new Failure(
            problem.kind(), Optional.empty(), Optional.empty(), "", Optional.empty(), List.of())
        .toException()
        .code();
  }

  private static SparkConf settings(SubmitCall call) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(call.properties())) {
      properties.load(reader);
    }
    SparkConf conf = new SparkConf(false);
    properties.stringPropertyNames().forEach(key -> conf.set(key, properties.getProperty(key)));
    return conf;
  }

  private static List<String> arguments(SubmitCall call) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--properties-file");
    arguments.add(call.properties().toString());
    arguments.addAll(call.arguments());
    return arguments;
  }

  // Spark names the exception of what it cannot fetch by no class of its own.
  private static boolean comesFromResolver(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(RESOLVER));
  }

  private static void refuse(SubmitCall call, ErrorCode code, String message) {
    new SubmitOutcome.Refused(code, message).write(call.outcome());
    Exit.now(1);
  }

  // The parent passes signals on; this is for one that is killed and cannot.
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Exit.now(143)));
  }
}
