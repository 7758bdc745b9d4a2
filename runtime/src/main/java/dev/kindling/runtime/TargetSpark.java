package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.storage.ProjectDirectory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Spark that an application on a target runs on: Kindling's own, or one of another place, whose
 * class path then has the few jars of Kindling that run inside of Spark.
 */
public final class TargetSpark {
  private static final String KUBERNETES_CLASS_PATH = "kindling.kubernetes.classpath";
  private static final String KUBERNETES_CLASS =
      "org/apache/spark/scheduler/cluster/k8s/KubernetesClusterManager.class";
  private static final Pattern CORE =
      Pattern.compile("spark-core_(\\d+\\.\\d+)-((\\d+\\.\\d+)\\b.*)\\.jar");
  private static final String YARN_JAR = "spark-yarn_";
  private static final String SCALA = "2.13";
  // Those that the same classes of Kindling were seen to run on.
  private static final Set<String> VERSIONS = Set.of("3.5", "4.0");

  private TargetSpark() {}

  /**
   * Looks for it.
   *
   * @throws KindlingException TARGET_SETTINGS when it is not there, or not one to run on
   */
  public static SparkInstallation of(Target target) {
    SparkInstallation own = SparkInstallation.ofThisProcess();
    SparkInstallation spark =
        target.sparkHome().map(home -> at(home, target, own)).orElseGet(() -> ours(target, own));
    Map<String, String> environment = new HashMap<>();
    target.sparkHome().ifPresent(home -> environment.put("SPARK_HOME", home.toString()));
    target.hadoopConf().ifPresent(folder -> environment.put("HADOOP_CONF_DIR", folder.toString()));
    List<Path> classPath = new ArrayList<>();
    target.hadoopConf().ifPresent(classPath::add);
    classPath.addAll(spark.classPath());
    return new SparkInstallation(spark.javaHome(), classPath, spark.archive(), environment);
  }

  private static SparkInstallation ours(Target target, SparkInstallation own) {
    if (Masters.isYarn(target.master())) {
      throw problem(
          target,
          "runs on YARN, for which Kindling's own Spark has no classes. Name the Spark of the"
              + " cluster with spark_home: a folder with jars/ in it, of Spark 3.5 for Scala 2.13"
              + " (for --target yarn, the variable SPARK_HOME)");
    }
    if (!Masters.isKubernetes(target.master())) {
      return own;
    }
    Optional<Path> jars =
        Optional.ofNullable(System.getProperty(KUBERNETES_CLASS_PATH)).map(Path::of);
    if (jars.filter(Files::exists).isPresent()) {
      return own.with(List.of(jars.get()));
    }
    if (TargetSpark.class.getClassLoader().getResource(KUBERNETES_CLASS) == null) {
      throw problem(
          target,
          "runs on Kubernetes, and this installation has no classes for that: %s is missing. Take a complete one"
              .formatted(jars.map(Path::toString).orElse("spark-kubernetes_2.13")));
    }
    return own;
  }

  private static SparkInstallation at(Path home, Target target, SparkInstallation own) {
    if (!Masters.isYarn(target.master()) && !Masters.isLocal(target.master())) {
      throw problem(
          target,
          "names a Spark with spark_home, which %s does not take: there, Kindling's own runs (accepted: yarn, local[n])"
              .formatted(target.master()));
    }
    Path jars = home.resolve("jars");
    List<Path> files = jars(jars, target);
    Matcher core =
        files.stream()
            .map(file -> CORE.matcher(file.getFileName().toString()))
            .filter(Matcher::matches)
            .findFirst()
            .orElseThrow(
                () -> problem(target, "names a Spark that is none: no spark-core jar in " + jars));
    if (!core.group(1).equals(SCALA) || !VERSIONS.contains(core.group(3))) {
      throw problem(
          target,
          "names Spark %s for Scala %s in %s (accepted: Spark 4.0 and 3.5, for Scala %s)"
              .formatted(core.group(2), core.group(1), home, SCALA));
    }
    if (Masters.isYarn(target.master())
        && files.stream().noneMatch(f -> f.getFileName().toString().startsWith(YARN_JAR))) {
      throw problem(
          target,
          "names a Spark without classes for YARN: no %s jar in %s".formatted(YARN_JAR, jars));
    }
    List<Path> classPath = new ArrayList<>(kindling());
    classPath.addAll(files);
    return new SparkInstallation(own.javaHome(), classPath, Optional.empty());
  }

  private static List<Path> jars(Path folder, Target target) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw problem(target, "names a Spark that cannot be read: no folder " + folder);
    }
  }

  /** What of Kindling runs inside of Spark. */
  private static List<Path> kindling() {
    return Stream.of(SparkProcess.class, KindlingException.class, ProjectDirectory.class)
        .map(TargetSpark::place)
        .toList();
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KindlingException problem(Target target, String what) {
    return new KindlingException(
        ErrorCode.TARGET_SETTINGS, "Target '%s' %s.".formatted(target.name(), what));
  }
}
