package dev.kindling.runtime.submit;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import dev.kindling.model.pipeline.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application and how it is to run.
 *
 * @param application a jar, or a Python file
 * @param mainClass of a jar; empty for the one that its manifest names
 * @param arguments of the application
 * @param target where it runs
 * @param conf settings over those of the target
 * @param supervise whether the cluster starts a driver of its own again that fails
 * @param verbose whether Spark tells what it does
 * @param follow whether to wait for a driver that runs on the cluster
 */
public record Submission(
    String application,
    Optional<String> mainClass,
    List<String> arguments,
    Target target,
    Map<String, String> conf,
    boolean supervise,
    boolean verbose,
    boolean follow) {
  private static final String DEPLOY_MODE = "spark.submit.deployMode";

  public Submission {
    requireNonNull(application, "application is null");
    requireNonNull(mainClass, "mainClass is null");
    arguments = List.copyOf(arguments);
    requireNonNull(target, "target is null");
    conf = Map.copyOf(conf);
  }

  /** A setting as the user gave it, or else as the target has it. */
  Optional<String> setting(String key) {
    return Optional.ofNullable(conf.getOrDefault(key, target.conf().get(key)));
  }

  /** Whether the driver runs on the cluster, and not in a process of this machine. */
  boolean onCluster() {
    return setting(DEPLOY_MODE).orElse("client").equals("cluster");
  }

  boolean isPython() {
    return application.endsWith(".py");
  }

  /** The target with all settings. */
  Target completeTarget() {
    return new Target(
        target.name(), target.master(), target.sparkHome(), target.hadoopConf(), settings());
  }

  /** All settings, those of the target among them. */
  Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(target.conf());
    all.putAll(conf);
    return all;
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "Submission[application=%s, mainClass=%s, target=%s, conf=%s]"
        .formatted(application, mainClass, target, Redaction.redact(conf));
  }
}
