package dev.kindling.model.report;

import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.record.BadRecords;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.RefusalRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.UnusualFigure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is known about one table, folded away until somebody asks for it. */
final class TableDetails {
  // Bytes that all tables together may take, so that a page of 200 tables still opens at once.
  private static final int CODE_OF_PAGE = 700_000;
  private static final int ROWS_OF_PAGE = 500_000;
  private static final int COLUMNS_OF_PAGE = 200_000;

  private static final int LONGEST_CODE = 40_000;
  private static final int SHORTEST_CELL = 16;
  private static final int LONGEST_CELL = 400;
  private static final int MARKUP_OF_CELL = 24;
  private static final int MARKUP_OF_COLUMN = 50;
  private static final int LONGEST_NAME = 300;

  private final Html page;
  private final RunHistory before;
  private final int codeBytes;
  private final int rowBytes;
  private final int columnBytes;

  /**
   * @param before the earlier runs
   * @param tables how many tables the page has
   */
  TableDetails(Html page, RunHistory before, int tables) {
    this.page = page;
    this.before = before;
    this.codeBytes = Math.min(LONGEST_CODE, CODE_OF_PAGE / tables);
    this.rowBytes = ROWS_OF_PAGE / tables;
    this.columnBytes = COLUMNS_OF_PAGE / tables;
  }

  void write(TableRecord table, int index) {
    String engine = Words.engine(table.engine());
    boolean open =
        table.status() == TableStatus.FAILED
            || table.expectations().stream().anyMatch(e -> e.status() != ExpectationStatus.PASSED);
    page.markup("<details class=\"card\" id=\"t" + index + "\"" + (open ? " open" : "") + ">");
    page.markup("<summary><strong>").name(table.name()).markup("</strong>");
    page.element("span", "pill " + engine, engine);
    if (table.status() != TableStatus.SUCCEEDED) {
      String tone = table.status() == TableStatus.FAILED ? "bad" : "plain";
      page.element("span", "pill " + tone, Words.of(table.status()));
    }
    page.element("span", "facts", facts(table)).markup("</summary>\n<div>\n");
    sentences("Unusual", table.observed().unusual().stream().map(UnusualFigure::text).toList());
    expectations(table);
    badRecords(table);
    trend(table);
    sentences(
        table.status() == TableStatus.UNCHANGED ? "Why it did not run" : "Why it ran this way",
        table.reasons());
    refusals(table);
    StageTable.write(table.stages(), page);
    columns(table);
    if (!table.observed().sampleRows().isEmpty()) {
      page.element("h3", "Some of its rows");
      rows(table.observed().sampleRows());
    }
    table.sql().ifPresent(sql -> code("SQL", sql, codeBytes / 2));
    folded(table);
    sentences("Reads", table.reads());
    table.output().ifPresent(path -> sentences("Written to", List.of(path)));
    page.markup("</div></details>\n");
  }

  private static String facts(TableRecord table) {
    List<String> facts = new ArrayList<>();
    facts.add(
        switch (table.materialisation()) {
          case INLINED ->
              table.output().isPresent()
                  ? "computed as it was written"
                  : "inlined into its readers";
          case TEMPORARY -> "computed once, in memory";
          case STAGED -> "computed once, staged";
        });
    table.rows().ifPresent(rows -> facts.add(Amounts.count(rows, "row")));
    if (table.millis() > 0) {
      facts.add(Amounts.time(table.millis()));
    }
    return String.join(" · ", facts);
  }

  private void expectations(TableRecord table) {
    if (table.expectations().isEmpty()) {
      return;
    }
    page.element("h3", "Expectations");
    for (ExpectationResult result : table.expectations()) {
      page.markup("<div class=\"expectation\">");
      page.element("span", "pill " + Words.tone(result.status()), Words.of(result.status()));
      page.markup(" ").element("code", result.description());
      if (result.violations() > 0 && result.aboutTable()) {
        page.text(
            " · broken"
                + (result.onViolation() == OnViolation.FAIL ? ", which fails the run" : ""));
      } else if (result.violations() > 0) {
        page.text(" · " + Amounts.count(result.violations(), "row") + " broke it, ");
        page.text(
            switch (result.onViolation()) {
              case FAIL -> "which fails the run";
              case WARN -> "and stayed";
              case DROP -> "and were left out";
              case QUARANTINE -> "and were put aside";
            });
      }
      result.quarantinePath().ifPresent(path -> page.text(" in ").element("code", path));
      rows(result.sampleRows());
      page.markup("</div>\n");
    }
  }

  /** Rows as far as there is room: shorter cells first, then fewer columns. */
  private void rows(List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> all = new LinkedHashSet<>();
    rows.forEach(row -> all.addAll(row.keySet()));
    int room = rowBytes / (rows.size() + 1);
    int shown = Math.max(1, Math.min(all.size(), room / (SHORTEST_CELL + MARKUP_OF_CELL)));
    int cell = Math.max(SHORTEST_CELL, Math.min(LONGEST_CELL, room / shown - MARKUP_OF_CELL));
    List<String> columns = all.stream().limit(shown).toList();
    page.markup("<div class=\"small wide\"><table><thead><tr>");
    columns.forEach(column -> page.markup("<th>").name(Html.fitting(column, cell)).markup("</th>"));
    page.markup("</tr></thead><tbody>");
    for (Map<String, String> row : rows) {
      page.markup("<tr>");
      for (String column : columns) {
        String value = row.getOrDefault(column, "");
        page.markup(value.equals("NULL") ? "<td class=\"null\">" : "<td>");
        page.name(Html.fitting(value, cell)).markup("</td>");
      }
      page.markup("</tr>");
    }
    page.markup("</tbody></table></div>");
    if (all.size() > shown) {
      page.element("p", "facts", "and " + Amounts.count(all.size() - shown, "more column"));
    }
    page.markup("\n");
  }

  private void badRecords(TableRecord table) {
    if (table.badRecords().isEmpty()) {
      return;
    }
    BadRecords bad = table.badRecords().get();
    page.element("h3", "Bad records").markup("<p>");
    page.text(Amounts.count(bad.count(), "record") + " did not fit the schema");
    bad.quarantinePath().ifPresent(path -> page.text(", kept in ").element("code", path));
    page.markup("</p>\n");
  }

  private void trend(TableRecord table) {
    List<Double> rows = new ArrayList<>();
    for (TableRecord earlier : before.of(table.name())) {
      earlier.rows().ifPresent(count -> rows.add((double) count));
    }
    if (rows.size() < 2 || table.rows().isEmpty() || table.status() != TableStatus.SUCCEEDED) {
      return;
    }
    Collections.reverse(rows);
    rows.add((double) table.rows().getAsLong());
    String label =
        "Rows over the last %d runs: %s to %s"
            .formatted(
                rows.size(),
                Amounts.number(Math.round(Collections.min(rows))),
                Amounts.number(Math.round(Collections.max(rows))));
    page.element("h3", label).markup(Trend.svg(label, rows)).markup("\n");
  }

  private void refusals(TableRecord table) {
    if (table.refusals().isEmpty()) {
      return;
    }
    page.element("h3", "What the embedded engine refused").markup("<ul>");
    for (RefusalRecord refusal : table.refusals()) {
      page.markup("<li>").element("code", refusal.code()).text(" " + refusal.message());
      refusal.place().ifPresent(place -> page.text(" (" + place + ")"));
      page.markup("</li>");
    }
    page.markup("</ul>\n");
  }

  private void columns(TableRecord table) {
    if (table.columns().isEmpty()) {
      return;
    }
    page.element("h3", Amounts.count(table.columns().size(), "column"));
    page.markup("<ul class=\"columns\">");
    int left = columnBytes;
    int more = 0;
    for (ColumnRecord column : table.columns()) {
      String name = Html.fitting(column.name(), LONGEST_NAME);
      String type = Html.fitting(column.type(), LONGEST_NAME);
      left -= name.length() + type.length() + MARKUP_OF_COLUMN;
      if (left < 0) {
        more++;
        continue;
      }
      page.markup("<li>").name(name).markup(" ");
      page.element("span", type + (column.nullable() ? "" : " NOT NULL")).markup("</li>");
    }
    page.markup("</ul>\n");
    if (more > 0) {
      page.element("p", "facts", "and " + Amounts.count(more, "more column")).markup("\n");
    }
    nulls(table);
  }

  private void nulls(TableRecord table) {
    Map<String, Long> nulls = table.observed().nulls();
    List<String> some = new ArrayList<>();
    nulls.forEach(
        (column, count) -> {
          if (count > 0) {
            some.add(column + " " + Amounts.number(count));
          }
        });
    if (!some.isEmpty()) {
      String columns = Html.fitting(String.join(", ", some), columnBytes);
      page.element("p", "facts", "Rows with NULL: " + columns).markup("\n");
    } else if (!nulls.isEmpty()) {
      page.element("p", "facts", "No NULL in " + Amounts.count(nulls.size(), "column"));
      page.markup("\n");
    }
  }

  private void sentences(String title, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    page.element("h3", title).markup("<ul>");
    sentences.forEach(sentence -> page.element("li", sentence));
    page.markup("</ul>\n");
  }

  // What DuckDB ran is for the few who ask.
  private void folded(TableRecord table) {
    if (table.engineSql().isEmpty() && table.observed().enginePlan().isEmpty()) {
      return;
    }
    page.markup("<details class=\"inner\"><summary>How DuckDB ran it</summary><div>\n");
    table.engineSql().ifPresent(sql -> code("DuckDB SQL", sql, codeBytes / 4));
    table
        .observed()
        .enginePlan()
        .ifPresent(plan -> code("DuckDB's plan", stripped(plan), codeBytes / 4));
    page.markup("</div></details>\n");
  }

  private static String stripped(String plan) {
    StringBuilder lines = new StringBuilder();
    plan.lines().forEach(line -> lines.append(line.stripTrailing()).append('\n'));
    return lines.toString();
  }

  private void code(String title, String text, int bytes) {
    String all = text.stripTrailing();
    String shown = Html.fitting(all, bytes);
    page.element("h3", title).markup("<pre><code>").text(shown).markup("</code></pre>\n");
    if (!shown.equals(all)) {
      page.element("p", "facts", "The whole of it is in run.json.").markup("\n");
    }
  }
}
