package dev.kindling.cli;

import dev.kindling.model.error.KindlingException;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a word of a shell may go on with: commands, paths between back quotes, tables, the columns
 * of the tables that the statement names, keywords and functions.
 */
final class ShellCompleter {
  private static final String WORD_ENDS = "(),.=<>+-*/;";
  private static final Pattern AFTER_FROM =
      Pattern.compile("\\b(from|join|table|into)\\s+$", Pattern.CASE_INSENSITIVE);

  private final Supplier<Optional<ScriptRunner>> session;

  ShellCompleter(Supplier<Optional<ScriptRunner>> session) {
    this.session = session;
  }

  /**
   * The texts that may stand in the place of the word before the cursor: what there is from the
   * last white space on.
   *
   * @param statement all of what was typed
   * @param cursor a place in it
   */
  List<String> candidates(String statement, int cursor) {
    String before = statement.substring(0, cursor);
    int begin = before.length();
    while (begin > 0 && !Character.isWhitespace(before.charAt(begin - 1))) {
      begin--;
    }
    String word = before.substring(begin);
    if (before.stripLeading().startsWith(".")) {
      return commandOrPath(before.stripLeading(), word);
    }
    int quote = word.lastIndexOf('`');
    if (quote >= 0 && word.chars().filter(c -> c == '`').count() % 2 == 1) {
      return paths(word.substring(0, quote + 1), word.substring(quote + 1));
    }
    int start = word.length();
    while (start > 0 && WORD_ENDS.indexOf(word.charAt(start - 1)) < 0) {
      start--;
    }
    String kept = word.substring(0, start);
    String typed = word.substring(start);
    boolean afterFrom = AFTER_FROM.matcher(before.substring(0, begin + start)).find();
    return session.get().stream()
        .flatMap(runner -> (afterFrom ? runner.tables() : names(runner, statement, typed)).stream())
        .filter(name -> name.regionMatches(true, 0, typed, 0, typed.length()))
        .map(name -> kept + name)
        .distinct()
        .toList();
  }

  private List<String> commandOrPath(String line, String word) {
    if (line.startsWith(".read ")) {
      return paths("", word);
    }
    if (line.startsWith(".schema ")) {
      return session.get().stream().flatMap(runner -> runner.tables().stream()).toList();
    }
    return line.contains(" ") ? List.of() : Shell.COMMANDS;
  }

  private static List<String> names(ScriptRunner runner, String statement, String typed) {
    TreeSet<String> names = new TreeSet<>(runner.tables());
    String lower = statement.toLowerCase(Locale.ROOT);
    for (String table : runner.tables()) {
      if (lower.contains(table.toLowerCase(Locale.ROOT))) {
        names.addAll(columns(runner, table));
      }
    }
    List<String> all = new ArrayList<>(names);
    // Keywords follow the hand of who types.
    boolean small = !typed.isEmpty() && typed.equals(typed.toLowerCase(Locale.ROOT));
    runner.words().forEach(word -> all.add(small ? word.toLowerCase(Locale.ROOT) : word));
    return all;
  }

  private static List<String> columns(ScriptRunner runner, String table) {
    try {
      return runner.columnsHere(table).orElse(List.of()).stream().map(ResultColumn::name).toList();
    } catch (KindlingException e) {
      // A table that cannot be read has no columns to offer; its own statement tells why.
      return List.of();
    }
  }

  private static List<String> paths(String before, String typed) {
    int slash = typed.lastIndexOf('/');
    String folder = typed.substring(0, slash + 1);
    try (Stream<Path> entries = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .map(
              entry ->
                  before + folder + entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
