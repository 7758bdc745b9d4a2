package dev.kindling.model.pipeline;

import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says what is wrong with YAML in words for people who do not know how its scanner works. */
final class YamlErrors {
  private YamlErrors() {}

  static String explain(MarkedYAMLException e, Function<Mark, Position> places) {
    String problem = String.valueOf(e.getProblem());
    String context = e.getContext() == null ? "" : e.getContext();
    if (problem.contains("TAB")) {
      return "Invalid YAML: found a tab (accepted: spaces). Indent with spaces.";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "Invalid YAML: found ': ' where no key can stand. Put a text that holds ': ' in quotes,"
          + " or start it with '|' on the line of its key.";
    }
    if (problem.contains("expected a single document") || context.contains("single document")) {
      return "Invalid YAML: found a second document after '---' (accepted: one pipeline a file)";
    }
    if (context.contains("quoted scalar")) {
      return "Invalid YAML: " + problem + " in a quoted text" + since(e, places);
    }
    if (context.contains("flow mapping")) {
      return "Invalid YAML: a '{' is not closed, or a ',' is missing" + since(e, places);
    }
    if (context.contains("flow sequence")) {
      return "Invalid YAML: a '[' is not closed, or a ',' is missing" + since(e, places);
    }
    if (problem.startsWith("expected <block end>")) {
      return "Invalid YAML: this line does not fit the lines above it. Indent the keys of one level"
          + " alike.";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "Invalid YAML: found a line without ': ' where a key is needed. Indent the lines of a"
          + " longer text more than its key.";
    }
    if (problem.contains("cannot start any token")) {
      return "Invalid YAML: "
          + problem.substring(0, problem.indexOf(" that cannot start any token"))
          + " at the start of a value. Put the value in quotes.";
    }
    return "Invalid YAML: " + problem + (context.isEmpty() ? "" : " (" + context + ")");
  }

  /** Where the user has to look: mostly where the scanner stopped. */
  static Optional<Mark> place(MarkedYAMLException e) {
    boolean keyWithoutColon = String.valueOf(e.getProblem()).startsWith("could not find expected");
    Mark place = keyWithoutColon ? e.getContextMark() : e.getProblemMark();
    return Optional.ofNullable(place == null ? e.getContextMark() : place);
  }

  private static String since(MarkedYAMLException e, Function<Mark, Position> places) {
    if (e.getContextMark() == null) {
      return "";
    }
    Position start = places.apply(e.getContextMark());
    return " (it starts at line " + start.line() + ", column " + start.column() + ")";
  }
}
