package dev.kindling.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the entry point of Spark's image starts.
 *
 * @param classPath Spark with its classes for Kubernetes
 * @param options of the Java of every container
 */
record ContainerCommand(List<Path> classPath, List<String> options) {
  static final String POD_ADDRESS = "127.0.0.1";

  /** The command of a container, whose first word says whether it is a driver or an executor. */
  List<String> of(Container container, Mounts mounts, Path hosts) {
    Map<String, String> variables = mounts.environment();
    List<String> words = container.getArgs().stream().map(mounts::rewrite).toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Djdk.net.hosts.file=" + hosts);
    command.add("-cp");
    List<Path> all = new ArrayList<>(classPath);
    if (variables.containsKey("SPARK_CONF_DIR")) {
      all.add(Path.of(variables.get("SPARK_CONF_DIR")));
    }
    command.add(all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    if (words.get(0).equals("executor")) {
      command.addAll(1, javaOptions(variables));
      command.add(1, "-Xmx" + variables.get("SPARK_EXECUTOR_MEMORY"));
      command.addAll(executor(variables));
    } else if (words.get(0).equals("driver")) {
      command.add(1, "-Xmx512m");
      command.add("org.apache.spark.deploy.SparkSubmit");
      command.addAll(
          List.of("--conf", "spark.driver.bindAddress=" + POD_ADDRESS, "--deploy-mode", "client"));
      command.addAll(words.subList(1, words.size()));
    } else {
      throw new IllegalArgumentException(words.toString());
    }
    return command;
  }

  private static List<String> javaOptions(Map<String, String> variables) {
    Map<Integer, String> options = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("SPARK_JAVA_OPT_")) {
            options.put(Integer.valueOf(name.substring("SPARK_JAVA_OPT_".length())), value);
          }
        });
    return List.copyOf(options.values());
  }

  private static List<String> executor(Map<String, String> variables) {
    return List.of(
        "org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend",
        "--driver-url",
        variables.get("SPARK_DRIVER_URL"),
        "--executor-id",
        variables.get("SPARK_EXECUTOR_ID"),
        "--cores",
        variables.get("SPARK_EXECUTOR_CORES"),
        "--app-id",
        variables.get("SPARK_APPLICATION_ID"),
        "--hostname",
        variables.get("SPARK_EXECUTOR_POD_IP"),
        "--resourceProfileId",
        variables.get("SPARK_RESOURCE_PROFILE_ID"),
        "--podName",
        variables.get("SPARK_EXECUTOR_POD_NAME"));
  }
}
