package dev.kindling.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be said of a command beside its options, which its specification says.
 *
 * @param summary one sentence
 * @param description paragraphs with empty lines between; lines that begin with two blanks stay as
 *     they are
 * @param exitCodes what they mean, in ascending order
 * @param schema the name of the JSON Schema of {@code --output json}; empty without that option
 * @param pages of the documents, such as {@code reference/tests.md}
 */
record Manual(
    String summary,
    String description,
    Map<Integer, String> exitCodes,
    List<Example> examples,
    Optional<String> schema,
    List<String> pages) {
  /** What the exit codes of every command mean, where it does not say more. */
  static final Map<Integer, String> COMMON_EXIT_CODES =
      Map.of(
          0,
          "All went well.",
          1,
          "Kindling itself is at fault; please report it.",
          2,
          "The command line, a file of yours or SQL in it is wrong.",
          5,
          "The machine, its memory, a disk or a cluster is at fault; trying again may help.",
          130,
          "It was interrupted, as by Ctrl-C.",
          StandardOutput.READER_GONE_EXIT_CODE,
          "The reader of its output went away.");

  Manual {
    requireNonNull(summary, "summary is null");
    requireNonNull(description, "description is null");
    exitCodes = java.util.Collections.unmodifiableMap(new TreeMap<>(exitCodes));
    examples = List.copyOf(examples);
    requireNonNull(schema, "schema is null");
    pages = List.copyOf(pages);
  }

  /**
   * A command line that shows a use.
   *
   * @param purpose what it does, as an imperative without full stop
   */
  record Example(String purpose, String command, Place place) {
    Example {
      requireNonNull(purpose, "purpose is null");
      requireNonNull(command, "command is null");
      requireNonNull(place, "place is null");
    }
  }

  /** What an example needs to run. */
  enum Place {
    /** A clone of the project, whose examples it uses. */
    CLONE,
    /** Likewise, and it starts or uses a Spark cluster on this machine. */
    CLUSTER,
    /** Something that only the user has. */
    ELSEWHERE
  }

  static Manual of(String summary, String description) {
    return new Manual(
        summary, description.strip(), COMMON_EXIT_CODES, List.of(), Optional.empty(), List.of());
  }

  Manual exit(int code, String meaning) {
    Map<Integer, String> codes = new TreeMap<>(exitCodes);
    codes.put(code, meaning);
    return new Manual(summary, description, codes, examples, schema, pages);
  }

  /** With an example that runs in a clone of the project. */
  Manual example(String purpose, String command) {
    return example(new Example(purpose, command, Place.CLONE));
  }

  /** With an example that needs a cluster. */
  Manual clusterExample(String purpose, String command) {
    return example(new Example(purpose, command, Place.CLUSTER));
  }

  /** With an example that needs what only the user has. */
  Manual ownExample(String purpose, String command) {
    return example(new Example(purpose, command, Place.ELSEWHERE));
  }

  private Manual example(Example example) {
    List<Example> all = new ArrayList<>(examples);
    all.add(example);
    return new Manual(summary, description, exitCodes, all, schema, pages);
  }

  /** With the schema of what {@code --output json} prints. */
  Manual json(String name) {
    return new Manual(summary, description, exitCodes, examples, Optional.of(name), pages);
  }

  Manual see(String... documents) {
    return new Manual(summary, description, exitCodes, examples, schema, List.of(documents));
  }
}
