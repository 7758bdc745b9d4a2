package dev.kindling.cli;

import dev.kindling.model.rows.CellText;
import dev.kindling.runtime.profile.ColumnProfile;
import dev.kindling.runtime.profile.ColumnProfile.Values;
import dev.kindling.runtime.profile.ExpectationDraft;
import dev.kindling.runtime.profile.Profiler;
import dev.kindling.runtime.profile.TableProfile;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile for a terminal of 80 columns. */
record ProfilePrinter(PrintStream out) {
  private static final int WIDTH = 80;
  private static final int VALUE_WIDTH = 24;

  void print(TableProfile profile) {
    out.println(profile.name());
    out.println(
        "%s, %s, %s. All counts are exact."
            .formatted(
                Texts.count(profile.rows(), "row"),
                Texts.count(profile.columns().size(), "column"),
                duplicates(profile)));
    profile.columns().forEach(column -> print(column, profile.rows()));
    List<String> expectations = ExpectationDraft.of(profile);
    if (!expectations.isEmpty()) {
      out.println();
      out.println("These rows keep, for the table in a pipeline file:");
      out.println();
      expectations.forEach(out::println);
    }
  }

  private static String duplicates(TableProfile profile) {
    return profile.duplicates().isPresent()
        ? Texts.count(profile.duplicates().getAsLong(), "duplicate row")
        : "duplicate rows not counted (a column has no comparable values)";
  }

  private void print(ColumnProfile column, long rows) {
    out.println();
    out.println(column.name() + "  " + column.type());
    List<String> facts = new ArrayList<>();
    facts.add("nulls " + share(column.nulls(), rows));
    column
        .values()
        .ifPresent(
            values -> facts.add(String.format(Locale.ROOT, "distinct %,d", values.distinct())));
    column
        .values()
        .filter(values -> !values.frequent().isEmpty())
        .ifPresent(
            values -> facts.add("as a key, the largest group has " + percent(column.skew(rows))));
    line("", facts);
    column.values().ifPresent(values -> print(values, rows));
  }

  private void print(Values values, long rows) {
    if (values.least().isPresent()) {
      List<String> facts = new ArrayList<>();
      facts.add("min " + value(values.least().get()));
      facts.add("max " + value(values.greatest().orElse("")));
      values.numbers().ifPresent(numbers -> facts.add("mean " + number(numbers.mean())));
      values
          .lengths()
          .ifPresent(
              lengths ->
                  facts.add(
                      "length %d to %d, mean %s"
                          .formatted(lengths.least(), lengths.greatest(), number(lengths.mean()))));
      line("", facts);
    }
    values
        .numbers()
        .ifPresent(
            numbers -> {
              List<String> facts = new ArrayList<>();
              for (int i = 0; i < numbers.quantiles().size(); i++) {
                facts.add(
                    Math.round(Profiler.QUANTILES.get(i) * 100)
                        + "% "
                        + number(numbers.quantiles().get(i)));
              }
              line("quantiles  ", facts);
            });
    // Where every value is there once, none is more frequent than the others.
    if (!values.frequent().isEmpty() && values.frequent().get(0).rows() > 1) {
      line(
          "most frequent  ",
          values.frequent().stream()
              .limit(5)
              .map(top -> value(top.value()) + " " + percent((double) top.rows() / rows))
              .toList());
    }
  }

  /** Facts on one line, or on more where they do not fit. */
  private void line(String title, List<String> facts) {
    StringBuilder line = new StringBuilder("  " + title);
    boolean first = true;
    for (String fact : facts) {
      if (!first && CellText.width(line + "   " + fact) > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.append(" ".repeat(2 + title.length()));
        first = true;
      }
      line.append(first ? "" : "   ").append(fact);
      first = false;
    }
    out.println(line);
  }

  private static String value(String text) {
    String line = CellText.oneLine(text);
    if (line.isBlank()) {
      return "'" + line + "'";
    }
    return line.codePointCount(0, line.length()) <= VALUE_WIDTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, VALUE_WIDTH - 1)) + "…";
  }

  private static String share(long count, long rows) {
    return rows == 0 || count == 0
        ? Long.toString(count)
        : String.format(Locale.ROOT, "%,d (%s)", count, percent((double) count / rows));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
