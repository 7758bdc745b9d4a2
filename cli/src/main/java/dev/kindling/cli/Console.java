package dev.kindling.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes and what it may assume about the reader.
 *
 * @param out data
 * @param err talk: progress, warnings, errors
 * @param terminal whether a person looks at it: aligned tables, progress bars, colours
 * @param environment the variables of the process
 */
record Console(
    PrintStream out, PrintStream err, boolean terminal, Map<String, String> environment) {
  Console {
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    environment = Map.copyOf(environment);
  }

  /** Colours are for people, and for those who want them: see no-color.org. */
  boolean colours() {
    return terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Writes a line of talk. */
  void say(String line) {
    err.println(line);
    err.flush();
  }
}
