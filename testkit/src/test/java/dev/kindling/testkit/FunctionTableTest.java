package dev.kindling.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.SqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every function of Spark's registry has a verdict, which the translator itself gives on the
 * examples of the function's documentation. {@code -Dkindling.functions.write=true} writes {@code
 * docs/reference/functions.md} anew.
 */
@Tag("slow")
class FunctionTableTest {
  private static final Path PAGE = Path.of("../docs/reference/functions.md");
  private static final Pattern BEHIND_GUARD = Pattern.compile("ELSE [^,]{0,60}\\bspark_");

  @TempDir Path scratch;

  /** What the embedded engine does with a function. */
  private enum Verdict {
    NATIVE("native"),
    GUARDED("native behind a guard"),
    SPARK_CODE("Spark's code"),
    CONSTANT("a constant"),
    REFUSED("refused"),
    MISSING("missing");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }
  }

  private record Row(FunctionExamples.Function function, Verdict verdict, String note) {}

  @Test
  void everyFunctionHasAVerdictAndThePageSaysIt() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (EmbeddedSession session =
        EmbeddedSession.open(
            new EmbeddedOptions(OptionalLong.empty(), scratch.resolve("spill"), 1, Map.of()))) {
      for (FunctionExamples.Function function : FunctionExamples.all()) {
        rows.add(row(session, function));
      }
    }
    String page = page(rows);
    if (Boolean.getBoolean("kindling.functions.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(rows)
        .filteredOn(row -> row.verdict() == Verdict.MISSING)
        .as("functions without a verdict")
        .isEmpty();
    assertThat(page)
        .as("run with -Dkindling.functions.write=true")
        .isEqualTo(Files.readString(PAGE));
  }

  private static Row row(EmbeddedSession session, FunctionExamples.Function function) {
    Set<Verdict> verdicts = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    for (String example : function.examples()) {
      FunctionExamples.Statement statement =
          FunctionExamples.lifted(example, text -> analyses(session, text));
      if (analyses(session, statement.sql())) {
        PreparedQuery query = session.prepare(statement.sql(), Map.of());
        verdicts.add(verdict(query, statement.reads()));
        query.refusals().stream().map(FunctionTableTest::note).limit(1).forEach(notes::add);
      }
    }
    if (verdicts.isEmpty()) {
      return function.examples().isEmpty()
          ? new Row(function, Verdict.MISSING, "")
          : new Row(
              function,
              Verdict.REFUSED,
              "Spark's analyser: " + analyserError(session, function.examples().get(0)));
    }
    Set<Verdict> translated = new LinkedHashSet<>(verdicts);
    translated.remove(Verdict.REFUSED);
    boolean onlyConstants = translated.equals(Set.of(Verdict.CONSTANT));
    if (!notes.isEmpty() && (translated.isEmpty() || onlyConstants)) {
      return new Row(function, Verdict.REFUSED, notes.iterator().next());
    }
    if (!onlyConstants) {
      translated.remove(Verdict.CONSTANT);
    }
    Verdict verdict = translated.stream().max(Enum::compareTo).orElseThrow();
    String note = notes.isEmpty() ? "" : "refused in part: " + String.join("; ", notes);
    return new Row(function, verdict, note);
  }

  private static boolean analyses(EmbeddedSession session, String sql) {
    try {
      session.prepare(sql, Map.of());
      return true;
    } catch (SqlException e) {
      return false;
    }
  }

  private static String analyserError(EmbeddedSession session, String sql) {
    try {
      session.prepare(sql, Map.of());
      throw new IllegalStateException("analyses: " + sql);
    } catch (SqlException e) {
      return "`" + e.errorClass() + "`";
    }
  }

  private static Verdict verdict(PreparedQuery query, boolean reads) {
    if (!query.translated()) {
      return Verdict.REFUSED;
    } else if (!reads) {
      return Verdict.CONSTANT;
    } else if (query.functions().isEmpty()) {
      return Verdict.NATIVE;
    }
    return BEHIND_GUARD.matcher(query.engineSql().orElseThrow()).find()
        ? Verdict.GUARDED
        : Verdict.SPARK_CODE;
  }

  private static String note(Refusal refusal) {
    return refusal.detail().replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private static String page(List<Row> rows) {
    Map<Verdict, Integer> totals = new TreeMap<>();
    Map<String, List<Row>> groups = new TreeMap<>();
    for (Row row : rows) {
      totals.merge(row.verdict(), 1, Integer::sum);
      groups.computeIfAbsent(row.function().group(), g -> new ArrayList<>()).add(row);
    }
    StringBuilder out =
        new StringBuilder(
            """
            # Functions

            Every function of Spark 4.0.1 and what the embedded engine does with it. This page is written by a test that hands
            the examples of Spark's own documentation, their constants turned into columns, to the translator. A function that is
            refused runs on Spark; constants are worked out by Spark's own optimiser whatever the verdict is.

            | verdict | functions | meaning |
            |---|---|---|
            """);
    total(out, totals, Verdict.NATIVE, "DuckDB's own operators and functions, made exact");
    total(
        out,
        totals,
        Verdict.GUARDED,
        "DuckDB where both engines agree, Spark's code for the other values");
    total(out, totals, Verdict.SPARK_CODE, "Spark's own code, called by DuckDB for each row");
    total(out, totals, Verdict.CONSTANT, "Spark works it out before a query runs");
    total(out, totals, Verdict.REFUSED, "left to Spark, with the reason given");
    groups.forEach((group, members) -> group(out, group, members));
    return out.toString();
  }

  private static void total(
      StringBuilder out, Map<Verdict, Integer> totals, Verdict verdict, String meaning) {
    out.append(
        "| %s | %d | %s |%n".formatted(verdict.text, totals.getOrDefault(verdict, 0), meaning));
  }

  private static void group(StringBuilder out, String group, List<Row> rows) {
    String title = group.replace("_funcs", "").replace("agg", "aggregate");
    out.append(
        "%n## %s functions%n%n"
            .formatted(title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1)));
    out.append("| function | verdict | notes |\n|---|---|---|\n");
    for (Row row : rows) {
      String name = row.function().name().replace("|", "\\|");
      out.append(
          "| `%s`%s | %s | %s |%n"
              .formatted(
                  name, row.function().table() ? " in FROM" : "", row.verdict().text, row.note()));
    }
  }
}
