package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.rows.CellText;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.ScriptListener;
import dev.kindling.runtime.script.ScriptRunner;
import dev.kindling.runtime.script.StatementResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Reads lines and runs them: SQL until a semicolon, and commands that begin with a point. An error
 * ends a statement where a person types, and the whole shell elsewhere.
 */
final class Shell implements ScriptListener {
  static final List<String> COMMANDS =
      List.of(
          ".help", ".tables", ".schema", ".plan", ".timing", ".mode", ".read", ".engine", ".quit");

  private static final Path TYPED = Path.of("statement");
  private static final Path PIPED = Path.of("<stdin>");
  private static final List<String> HELP =
      List.of(
          ".tables            the tables that are known",
          ".schema TABLE      its columns and their types",
          ".plan [QUERY]      which engine runs a query, or the last one, how and why",
          ".timing on|off     whether the time of each statement is told",
          ".mode FORM         how results look: table, tsv, csv or json",
          ".read FILE         run the statements of a file",
          ".engine ENGINE     auto, embedded or spark, for what follows",
          ".help              this help",
          ".quit              end, as Ctrl-D does",
          "",
          "SQL ends with a semicolon and may have many lines. A file needs no table:",
          "  SELECT * FROM parquet.`data/orders` LIMIT 10;",
          "Tab completes words, tables, columns and paths; Ctrl-C stops the statement that",
          "runs.");

  private final Console console;
  private final ShellInput input;
  private ShellSession session;
  private ResultForm form;
  private OnOff timing;
  private Optional<String> lastQuery = Optional.empty();
  private boolean ended;
  private int exitCode;

  private enum OnOff {
    ON,
    OFF
  }

  Shell(ResultForm form, Console console, ShellInput input) {
    this.form = form;
    this.console = console;
    this.input = input;
    this.timing = input.interactive() ? OnOff.ON : OnOff.OFF;
  }

  /**
   * Runs until the input ends.
   *
   * @return the exit code: that of the error that ended it, if one did
   */
  int run(ShellSession opening) throws IOException {
    session = opening;
    if (input.interactive()) {
      console.say(Version.line());
      console.say("'.help' shows the commands.");
    }
    StringBuilder text = new StringBuilder();
    while (!ended) {
      Optional<String> next;
      try {
        next = input.next();
      } catch (ShellInput.Abandoned e) {
        text.setLength(0);
        endIfAsked();
        continue;
      }
      if (next.isEmpty()) {
        break;
      }
      String line = next.get();
      if (text.toString().isBlank() && line.strip().startsWith(".")) {
        guarded(() -> command(line.strip()));
        text.append(linesBefore(line));
      } else {
        text.append(line).append('\n');
        if (ScriptRunner.isComplete(text.toString())) {
          String sql = text.toString();
          guarded(() -> run(sql));
          text.setLength(0);
          text.append(linesBefore(sql));
        }
      }
      endIfAsked();
    }
    if (!ended && !text.toString().isBlank()) {
      // As spark-sql does: the last statement needs no semicolon.
      guarded(() -> run(text.toString()));
    }
    return exitCode;
  }

  /** Blank lines in the place of those that ran, so that messages name the input's own lines. */
  private String linesBefore(String sql) {
    return input.interactive() ? "" : "\n".repeat((int) sql.lines().count());
  }

  private void run(String sql) {
    lastQuery = Optional.of(sql);
    session.get().run(sql, input.interactive() ? TYPED : PIPED);
  }

  private void guarded(Runnable action) {
    long start = System.nanoTime();
    try (StatementCancel cancel =
            new StatementCancel(() -> session.ifOpen().ifPresent(ScriptRunner::cancel));
        ShellInput.Watch watch = input.onCancel(cancel::request)) {
      action.run();
      console.out().flush();
      if (timing == OnOff.ON) {
        console.say("Time: " + Texts.millis((System.nanoTime() - start) / 1_000_000));
      }
    } catch (KindlingException e) {
      console.out().flush();
      failed(e);
    }
  }

  private void endIfAsked() {
    if (Interruption.requested()) {
      ended = true;
      exitCode = Interruption.EXIT_CODE;
    }
  }

  private void failed(KindlingException e) {
    if (e.code() == ErrorCode.INTERRUPTED && !Interruption.requested()) {
      console.say("Stopped.");
      return;
    }
    String mark = console.colours() ? Ansi.ON.string("@|red error:|@ ") : "error: ";
    console.say(mark + e.getMessage());
    if (!input.interactive()) {
      ended = true;
      exitCode = e.code() == ErrorCode.INTERRUPTED ? Interruption.EXIT_CODE : e.kind().exitCode();
    }
  }

  @Override
  public void result(StatementResult result) {
    input.show(console.out(), out -> ResultPrinter.of(form, out).print(result));
    console.out().flush();
    if (result.truncated()) {
      console.say("… more rows; --max-rows shows the first " + result.rows().count() + ".");
    }
  }

  @Override
  public void talk(String line) {
    console.say(line);
  }

  private void command(String line) {
    String[] words = line.split("\\s+", 2);
    String argument = words.length > 1 ? withoutEnd(words[1]) : "";
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case ".help" -> HELP.forEach(this::print);
      case ".quit", ".exit" -> ended = true;
      case ".tables" -> session.get().tables().forEach(this::print);
      case ".schema" -> schema(needed(argument, ".schema TABLE"));
      case ".plan" -> plan(argument);
      case ".timing" -> {
        timing = chosen(".timing", argument, timing);
      }
      case ".mode" -> {
        form = chosen(".mode", argument, form);
      }
      case ".engine" ->
          session.get().useEngine(chosen(".engine", argument, session.get().engine()));
      case ".read" -> read(Path.of(needed(argument, ".read FILE")));
      default ->
          throw new KindlingException(
              ErrorCode.USAGE,
              "Unknown command '%s'.%s '.help' shows the commands."
                  .formatted(
                      words[0],
                      Suggestions.closest(words[0], COMMANDS)
                          .map(near -> " Did you mean '" + near + "'?")
                          .orElse("")));
    }
  }

  private void print(String line) {
    console.out().println(line);
  }

  /** The value of a setting; without an argument it stays, and is shown. */
  private <E extends Enum<E>> E chosen(String command, String argument, E now) {
    if (argument.isEmpty()) {
      print(now.name().toLowerCase(Locale.ROOT));
      return now;
    }
    return Arguments.choice(command, argument, now.getDeclaringClass());
  }

  private static String needed(String argument, String form) {
    if (argument.isEmpty()) {
      throw new KindlingException(ErrorCode.USAGE, "Something is missing: " + form);
    }
    return argument;
  }

  private static String withoutEnd(String text) {
    String stripped = text.strip();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1) : stripped;
  }

  private void plan(String argument) {
    String query = argument.isEmpty() ? withoutEnd(lastQuery.orElse("")) : argument;
    String plan = session.get().plan(needed(query, ".plan QUERY, or a query before it"));
    input.show(console.out(), out -> out.println(plan));
  }

  private void schema(String table) {
    List<ResultColumn> columns = session.get().columns(table);
    int width = columns.stream().mapToInt(c -> CellText.width(c.name())).max().orElse(0);
    for (ResultColumn column : columns) {
      String padding = " ".repeat(width - CellText.width(column.name()));
      print(column.name() + padding + "  " + column.type());
    }
  }

  private void read(Path file) {
    if (!Files.exists(file)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND, "The script file '" + file + "' does not exist.");
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read the script file '" + file + "': " + e, e);
    }
    session.get().run(text, file);
  }
}
