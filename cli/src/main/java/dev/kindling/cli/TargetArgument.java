package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterOptions;
import dev.kindling.cluster.local.Clusters;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.pipeline.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option {@code --target}: the Spark that runs a pipeline. */
final class TargetArgument {
  private static final String NAME = "--target";
  private static final String VARIABLE = "KINDLING_TARGET";

  private TargetArgument() {}

  static OptionSpec option() {
    return option(NAME);
  }

  /** The option under more than one name, its own among them. */
  static OptionSpec option(String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel("NAME|MASTER")
        .description(
            "Run on this Spark: a target of the pipeline file, a cluster that 'kindling cluster up'"
                + " started (its name; without --name it is 'cluster'), or a master such as"
                + " spark://host:7077.")
        .build();
  }

  /** What the command line or else the environment names; empty when neither names one. */
  static Optional<Target> target(ParseResult args, Pipeline pipeline, Console console) {
    return target(args, pipeline.targets(), console);
  }

  /** Like the other, with the targets that a name may be of. */
  static Optional<Target> target(ParseResult args, Map<String, Target> targets, Console console) {
    Optional<String> named = Arguments.text(args, NAME);
    String origin = NAME;
    if (named.isEmpty()) {
      named = Optional.ofNullable(console.environment().get(VARIABLE)).filter(s -> !s.isBlank());
      origin = VARIABLE;
    }
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Optional<Engine> engine = Arguments.engine(args);
    if (engine.isPresent() && engine.get() != Engine.SPARK) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "%s %s runs all tables on Spark, and --engine %s forbids that. Leave one of them out."
              .formatted(origin, named.get(), engine.get().name().toLowerCase(Locale.ROOT)));
    }
    return Optional.of(find(named.get(), origin, targets, console));
  }

  private static Target of(String name, Cluster cluster) {
    if (!cluster.state().anyAlive()) {
      throw new KindlingException(
          ErrorCode.TARGET_UNREACHABLE,
          ("Cluster '%1$s' is down: none of its %2$d processes runs, after a restart of the machine"
                  + " perhaps. 'kindling cluster repair%3$s' starts them again, 'kindling cluster"
                  + " down%3$s' forgets it.")
              .formatted(
                  name,
                  cluster.state().members().size(),
                  name.equals(ClusterOptions.DEFAULT_NAME) ? "" : " --name " + name));
    }
    Map<String, String> conf = new LinkedHashMap<>(cluster.driverConf());
    conf.remove("spark.master");
    cluster.pageToken().ifPresent(token -> conf.put(Target.PAGE_TOKEN, token));
    return new Target(name, cluster.masterUrl(), conf);
  }

  /**
   * What a text names.
   *
   * @param origin where the text stands, for messages
   */
  static Target find(String text, String origin, Map<String, Target> targets, Console console) {
    Target target = targets.get(text);
    if (target != null) {
      return completed(target, console);
    }
    if (Masters.isMaster(text)) {
      Masters.problem(text)
          .ifPresent(
              problem -> {
                throw new KindlingException(
                    ErrorCode.USAGE,
                    "%s '%s' %s (accepted: %s)."
                        .formatted(origin, text, problem, Masters.ACCEPTED));
              });
      return completed(new Target(text, text, Map.of()), console);
    }
    Clusters clusters = ClusterCommands.clusters(console);
    Optional<Cluster> cluster = clusters.find(text);
    if (cluster.isPresent()) {
      return of(text, cluster.get());
    }
    List<String> names = new ArrayList<>(targets.keySet());
    names.addAll(clusters.names());
    throw new KindlingException(
        ErrorCode.TARGET_UNKNOWN,
        "Unknown target '%s' of %s (accepted: %sa master such as %s)%s%s"
            .formatted(
                text,
                origin,
                names.isEmpty() ? "" : String.join(", ", names) + ", ",
                Masters.ACCEPTED,
                text.equals(ClusterOptions.DEFAULT_NAME)
                    ? ". No cluster runs: 'kindling cluster up' starts one."
                    : ".",
                Suggestions.closest(text, names)
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse("")));
  }

  /** On YARN, what the target does not say is in the variables that spark-submit takes it from. */
  private static Target completed(Target target, Console console) {
    if (!Masters.isYarn(target.master())) {
      return target;
    }
    Map<String, String> variables = console.environment();
    return new Target(
        target.name(),
        target.master(),
        target.sparkHome().or(() -> folder(variables, "SPARK_HOME")),
        target
            .hadoopConf()
            .or(() -> folder(variables, "HADOOP_CONF_DIR"))
            .or(() -> folder(variables, "YARN_CONF_DIR")),
        target.conf());
  }

  private static Optional<Path> folder(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .filter(text -> !text.isBlank())
        .map(text -> Path.of(text).toAbsolutePath());
  }
}
