package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.SubmitOutcome;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.ClientArguments;
import org.apache.spark.deploy.Command;
import org.apache.spark.deploy.DeployMessages;
import org.apache.spark.deploy.DriverDescription;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.apache.spark.resource.ResourceUtils;
import org.apache.spark.util.Utils;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A driver that runs on one of Spark's own clusters. It is described to the master as spark-submit
 * does; watched by this class, because spark-submit ends with 0 whatever becomes of the driver.
 */
final class ClusterDriver {
  private static final Set<String> FINAL = Set.of("FINISHED", "FAILED", "ERROR", "KILLED");
  private static final long LOOK_EVERY_MILLIS = 500;
  // A standby that takes over needs up to a minute.
  private static final int LOOKS_WITHOUT_ANSWER = 12;

  private final MasterConnection master;
  private final String id;

  private ClusterDriver(MasterConnection master, String id) {
    this.master = master;
    this.id = id;
  }

  /**
   * Has the master start one.
   *
   * @param arguments of spark-submit
   * @throws TargetProblem when the master takes none
   */
  static ClusterDriver submit(MasterConnection master, String[] arguments) {
    DriverDescription description = describe(arguments);
    DeployMessages.SubmitDriverResponse answer =
        master.ask(
            new DeployMessages.RequestSubmitDriver(description),
            DeployMessages.SubmitDriverResponse.class);
    if (!answer.success()) {
      throw new TargetProblem(
          Failure.Kind.TARGET_REFUSED,
          "The master does not take the driver: " + answer.message(),
          null);
    }
    return new ClusterDriver(master, answer.driverId().get());
  }

  /** What Spark's own class {@code ClientApp} asks for. */
  private static DriverDescription describe(String[] arguments) {
    SparkSubmitArguments parsed = new SparkSubmitArguments(seq(arguments), environment());
    var prepared = new SparkSubmit().prepareSubmitEnvironment(parsed, scala.Option.empty());
    ClientArguments driver =
        new ClientArguments(CollectionConverters.asJava(prepared._1()).toArray(new String[0]));
    SparkConf conf = prepared._3();
    List<String> options =
        joined(
            Utils.sparkJavaOpts(conf, Utils.sparkJavaOpts$default$2()),
            Utils.splitCommandString(conf.get("spark.driver.extraJavaOptions", "")));
    List<String> words =
        joined(seq("{{WORKER_URL}}", "{{USER_JAR}}", driver.mainClass()), driver.driverOptions());
    Command command =
        new Command(
            "org.apache.spark.deploy.worker.DriverWrapper",
            seq(words),
            environment(),
            paths(conf, "spark.driver.extraClassPath"),
            paths(conf, "spark.driver.extraLibraryPath"),
            seq(options));
    return new DriverDescription(
        driver.jarUrl(),
        driver.memory(),
        driver.cores(),
        driver.supervise(),
        command,
        ResourceUtils.parseResourceRequirements(conf, "spark.driver"));
  }

  /**
   * Tells its id and, when asked to wait, each change of its state until its end. A process that is
   * asked to end while it waits has the master end the driver.
   *
   * @param outcome gets the last state
   */
  void follow(boolean toItsEnd, Path outcome) {
    System.err.println("Driver " + id + " was submitted.");
    Thread killer = new Thread(this::kill, "kill-driver");
    if (toItsEnd) {
      Runtime.getRuntime().addShutdownHook(killer);
    }
    String state = "";
    do {
      String before = state;
      DeployMessages.DriverStatusResponse answer = status();
      state = answer.found() ? answer.state().get().toString() : "UNKNOWN";
      if (!state.equals(before)) {
        System.err.println(
            "Driver "
                + id
                + " is "
                + state
                + (answer.workerHostPort().isDefined()
                    ? " on " + answer.workerHostPort().get()
                    : "")
                + (answer.exception().isDefined() ? ": " + answer.exception().get() : ""));
      }
      new SubmitOutcome.Driver(id, state).write(outcome);
    } while (toItsEnd && !FINAL.contains(state) && pause());
    if (toItsEnd) {
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  private DeployMessages.DriverStatusResponse status() {
    for (int failures = 1; ; failures++) {
      try {
        return master.ask(
            new DeployMessages.RequestDriverStatus(id), DeployMessages.DriverStatusResponse.class);
      } catch (TargetProblem problem) {
        if (failures == LOOKS_WITHOUT_ANSWER) {
          throw problem;
        }
        for (int pauses = 0; pauses < 10; pauses++) {
          pause();
        }
      }
    }
  }

  private void kill() {
    try {
      DeployMessages.KillDriverResponse answer =
          master.ask(
              new DeployMessages.RequestKillDriver(id), DeployMessages.KillDriverResponse.class);
      System.err.println(answer.message());
    } catch (TargetProblem problem) {
      System.err.println("Driver " + id + " could not be ended: " + problem.getMessage());
    }
  }

  private static boolean pause() {
    try {
      return !new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static scala.collection.immutable.Map<String, String> environment() {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(System.getenv()));
  }

  private static Seq<String> paths(SparkConf conf, String key) {
    String text = conf.get(key, "");
    return text.isEmpty() ? seq() : seq(text.split(File.pathSeparator));
  }

  private static List<String> joined(Seq<String> first, Seq<String> second) {
    List<String> all = new ArrayList<>(CollectionConverters.asJava(first));
    all.addAll(CollectionConverters.asJava(second));
    return all;
  }

  private static Seq<String> seq(String... texts) {
    return seq(Arrays.asList(texts));
  }

  private static Seq<String> seq(List<String> texts) {
    return CollectionConverters.asScala(texts).toList();
  }
}
