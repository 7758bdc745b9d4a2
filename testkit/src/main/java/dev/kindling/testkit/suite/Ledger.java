package dev.kindling.testkit.suite;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of every statement, as a file that tells whether one has got worse: per line the
 * file, the statement's number, what it reads, the verdict and, for a query of constants, the
 * verdict with its constants as columns.
 */
public final class Ledger {
  private static final String HEADER = "file\tnumber\treads\tverdict\tlifted";

  /** One line: {@code reads} is {@code relation}, {@code constants} or {@code -}. */
  private record Entry(String file, int number, String reads, String verdict, String lifted) {
    Entry {
      requireNonNull(file, "file is null");
      requireNonNull(reads, "reads is null");
      requireNonNull(verdict, "verdict is null");
      requireNonNull(lifted, "lifted is null");
    }

    String key() {
      return file + " " + number;
    }

    String line() {
      return String.join("\t", file, String.valueOf(number), reads, verdict, lifted);
    }

    static Entry parse(String line) {
      String[] parts = line.split("\t", -1);
      return new Entry(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3], parts[4]);
    }

    static Entry of(StatementResult result) {
      return new Entry(
          result.file(),
          result.number(),
          reads(result),
          result.verdict().text(),
          result.lifted().map(Verdict::text).orElse("-"));
    }

    private static String reads(StatementResult result) {
      return switch (result.verdict().kind()) {
        case INVALID, COMMAND -> "-";
        case NATIVE, SPARK_CODE, BOTH_FAIL, RERUNS, PROVES_NOTHING, REFUSED, DIFFERENT ->
            result.relation() ? "relation" : "constants";
      };
    }
  }

  private final Map<String, Entry> entries;

  private Ledger(Map<String, Entry> entries) {
    this.entries = entries;
  }

  public static Ledger of(Collection<StatementResult> results) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (StatementResult result : results) {
      Entry entry = Entry.of(result);
      entries.put(entry.key(), entry);
    }
    return new Ledger(entries);
  }

  /** Reads a ledger's file. */
  public static Ledger read(Path file) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(1, lines.size())) {
        Entry entry = Entry.parse(line);
        entries.put(entry.key(), entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Ledger(entries);
  }

  /** Writes it; statements of files that it does not know stay as they are in {@code file}. */
  public void write(Path file) {
    Set<String> known = Set.copyOf(entries.values().stream().map(Entry::file).toList());
    List<Entry> all = new ArrayList<>(entries.values());
    if (Files.exists(file)) {
      read(file).entries.values().stream().filter(e -> !known.contains(e.file())).forEach(all::add);
    }
    Map<String, List<Entry>> byFile = new TreeMap<>();
    all.forEach(entry -> byFile.computeIfAbsent(entry.file(), f -> new ArrayList<>()).add(entry));
    List<String> lines = new ArrayList<>(List.of(HEADER));
    byFile.values().forEach(part -> part.forEach(entry -> lines.add(entry.line())));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How one ledger differs from an earlier one, a line per statement. */
  public record Change(List<String> worse, List<String> better) {
    public Change {
      worse = List.copyOf(worse);
      better = List.copyOf(better);
    }
  }

  /** Compares the statements that this ledger has with those of an earlier one. */
  public Change since(Ledger earlier) {
    List<String> worse = new ArrayList<>();
    List<String> better = new ArrayList<>();
    for (Entry now : entries.values()) {
      Entry before = earlier.entries.get(now.key());
      if (before == null) {
        worse.add(now.key() + " is not in the ledger: " + now.verdict());
        continue;
      }
      change(now.key(), before.verdict(), now.verdict(), worse, better);
      change(now.key() + " (lifted)", before.lifted(), now.lifted(), worse, better);
    }
    return new Change(worse, better);
  }

  private static void change(
      String key, String before, String now, List<String> worse, List<String> better) {
    if (before.equals(now)) {
      return;
    }
    int step = rank(now) - rank(before);
    boolean otherClass =
        step == 0 && (word(now).equals("both-fail") || word(now).equals("invalid"));
    if (step > 0 || otherClass || word(now).equals("different")) {
      worse.add("%s: was %s, is %s".formatted(key, before, now));
    } else if (step < 0) {
      better.add("%s: was %s, is %s".formatted(key, before, now));
    }
  }

  static String word(String verdict) {
    int colon = verdict.indexOf(':');
    return colon < 0 ? verdict : verdict.substring(0, colon);
  }

  private static int rank(String verdict) {
    return switch (word(verdict)) {
      // Where several answers are right, the two engines may agree by chance.
      case "native", "spark-code", "proves-nothing", "both-fail", "command", "invalid", "-" -> 0;
      case "reruns" -> 2;
      case "refused" -> 3;
      default -> 4;
    };
  }

  /** How many statements came to what, as a table for people. */
  public String totals() {
    return new LedgerTotals(
            entries.values().stream()
                .filter(entry -> !entry.reads().equals("-"))
                .map(
                    entry ->
                        new LedgerTotals.Query(
                            entry.reads().equals("relation"), entry.verdict(), entry.lifted()))
                .toList(),
            entries.size())
        .text();
  }

  /** The files in which at least as many queries read a relation as work on constants alone. */
  public Set<String> filesThatRead() {
    Map<String, Integer> balance = new TreeMap<>();
    for (Entry entry : entries.values()) {
      switch (entry.reads()) {
        case "relation" -> balance.merge(entry.file(), 1, Integer::sum);
        case "constants" -> balance.merge(entry.file(), -1, Integer::sum);
        default -> {}
      }
    }
    balance.values().removeIf(more -> more < 0);
    return Set.copyOf(balance.keySet());
  }

  /** How many statements got a wrong answer. */
  public int different() {
    return (int)
        entries.values().stream()
            .filter(
                e -> word(e.verdict()).equals("different") || word(e.lifted()).equals("different"))
            .count();
  }
}
