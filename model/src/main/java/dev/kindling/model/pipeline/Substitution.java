package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts values in the place of {@code ${name}} in paths and {@code ${env:NAME}} in settings. */
final class Substitution {
  private static final String ENVIRONMENT = "env:";

  private final Map<String, Param> params;
  private final Function<String, Optional<String>> environment;
  private final Problems problems;

  Substitution(
      Map<String, Param> params,
      Function<String, Optional<String>> environment,
      Problems problems) {
    this.params = params;
    this.environment = environment;
    this.problems = problems;
  }

  /** A path with parameters put in; empty, with problems, where one is not known. */
  Optional<String> path(String text, Where where, Position position) {
    return replace(text, where, position, name -> param(name, where, position));
  }

  /** An option or setting with environment variables put in; anything else stays as it is. */
  Optional<String> setting(String text, Where where, Position position) {
    return replace(text, where, position, name -> variable(name, where, position));
  }

  private Optional<String> replace(
      String text, Where where, Position position, Function<String, Optional<String>> value) {
    int open = text.indexOf("${");
    if (open < 0) {
      return Optional.of(text);
    }
    StringBuilder out = new StringBuilder();
    boolean known = true;
    int from = 0;
    while (open >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            position,
            "'${' is not closed with '}' in " + where + ": '" + Nodes.shown(text) + "'");
        return Optional.empty();
      }
      Optional<String> replacement = value.apply(text.substring(open + 2, close));
      known &= replacement.isPresent();
      out.append(text, from, open).append(replacement.orElse(""));
      from = close + 1;
      open = text.indexOf("${", from);
    }
    return known ? Optional.of(out.append(text, from, text.length()).toString()) : Optional.empty();
  }

  private Optional<String> param(String name, Where where, Position position) {
    Param param = params.get(name);
    if (param != null) {
      return Optional.of(param.text());
    }
    if (name.startsWith(ENVIRONMENT)) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          position,
          "Environment variables are not accepted in paths, found '${"
              + Nodes.shown(name)
              + "}' in "
              + where
              + ". Use a parameter, and set it with --set.");
    } else {
      problems.error(
          ErrorCode.PIPELINE_UNKNOWN_PARAM,
          position,
          "Unknown parameter '${" + Nodes.shown(name) + "}' in " + where + known(name));
    }
    return Optional.empty();
  }

  private String known(String name) {
    return params.isEmpty()
        ? ". Declare it in 'params'."
        : " (accepted: "
            + String.join(", ", params.keySet())
            + ")"
            + Suggestions.didYouMean(name, params.keySet());
  }

  private Optional<String> variable(String name, Where where, Position position) {
    if (name.startsWith(ENVIRONMENT)) {
      String variable = name.substring(ENVIRONMENT.length());
      Optional<String> value = environment.apply(variable);
      if (value.isEmpty()) {
        problems.error(
            ErrorCode.PIPELINE_UNKNOWN_PARAM,
            position,
            "Environment variable '" + Nodes.shown(variable) + "' is not set, needed by " + where);
      }
      return value;
    }
    if (params.containsKey(name)) {
      problems.warning(
          ErrorCode.PIPELINE_VALUE,
          position,
          "'${"
              + name
              + "}' in "
              + where
              + " is not replaced: parameters are replaced in paths only");
    }
    return Optional.of("${" + name + "}");
  }
}
