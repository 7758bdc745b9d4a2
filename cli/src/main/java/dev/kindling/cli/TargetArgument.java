package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import java.util.ArrayList;
import java.util.List;
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
    return Arguments.text(
        NAME,
        "NAME|MASTER",
        "Run all tables on this Spark: a target of the pipeline file, or a master such as"
            + " spark://host:7077.");
  }

  /** What the command line or else the environment names; empty when neither names one. */
  static Optional<Target> target(ParseResult args, Pipeline pipeline, Console console) {
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
              .formatted(
                  origin, named.get(), engine.get().name().toLowerCase(java.util.Locale.ROOT)));
    }
    return Optional.of(find(named.get(), origin, pipeline));
  }

  private static Target find(String text, String origin, Pipeline pipeline) {
    Target target = pipeline.targets().get(text);
    if (target != null) {
      return target;
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
      return new Target(text, text, Map.of());
    }
    List<String> names = new ArrayList<>(pipeline.targets().keySet());
    throw new KindlingException(
        ErrorCode.TARGET_UNKNOWN,
        "Unknown target '%s' of %s (accepted: %sa master such as %s).%s"
            .formatted(
                text,
                origin,
                names.isEmpty() ? "" : String.join(", ", names) + ", ",
                Masters.ACCEPTED,
                Suggestions.closest(text, names)
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse("")));
  }
}
