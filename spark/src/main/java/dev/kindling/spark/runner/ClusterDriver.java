package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
 * A driver that runs on one of Spark's own clusters, described to the master as spark-submit does.
 */
final class ClusterDriver extends RemoteDriver {
  private static final Set<String> FINAL = Set.of("FINISHED", "FAILED", "ERROR", "KILLED");

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

  @Override
  String id() {
    return id;
  }

  @Override
  State state() {
    DeployMessages.DriverStatusResponse answer =
        master.ask(
            new DeployMessages.RequestDriverStatus(id), DeployMessages.DriverStatusResponse.class);
    String name = answer.found() ? answer.state().get().toString() : "UNKNOWN";
    return new State(
        name,
        FINAL.contains(name),
        (answer.workerHostPort().isDefined() ? "on " + answer.workerHostPort().get() : "")
            + (answer.exception().isDefined() ? ": " + answer.exception().get() : ""));
  }

  @Override
  void kill() {
    master.ask(new DeployMessages.RequestKillDriver(id), DeployMessages.KillDriverResponse.class);
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
