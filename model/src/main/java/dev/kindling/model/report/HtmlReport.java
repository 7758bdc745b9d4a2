package dev.kindling.model.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.record.BadRecords;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.RefusalRecord;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.TargetRecord;
import dev.kindling.model.record.UnusualFigure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The report of a run: one HTML page that needs nothing else, neither a network nor scripts, and
 * may be sent to somebody. It is light or dark as the reader's system is.
 */
public final class HtmlReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RunRecord run;
  private final Html page = new Html();

  private HtmlReport(RunRecord run) {
    this.run = run;
  }

  /** The page; every text of the record is escaped. */
  public static String render(RunRecord run) {
    HtmlReport report = new HtmlReport(run);
    report.head();
    report.title();
    report.graph();
    report.tables();
    report.outputs();
    report.details();
    report.target();
    report.settings();
    report.foot();
    return report.page.toString();
  }

  private void head() {
    page.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .markup(" style-src 'unsafe-inline'\">\n")
        .element("title", run.pipeline() + " · " + run.runId())
        .markup("\n<style>\n")
        .markup(css())
        .markup("</style>\n</head>\n<body>\n<main>\n");
  }

  private static String css() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not beside its class");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void title() {
    page.markup("<header>\n<div class=\"title\"><h1>").name(run.pipeline()).markup("</h1>");
    page.element("span", "pill " + tone(run.status()), word(run.status())).markup("</div>\n");
    page.element("p", "summary", Summary.of(run)).markup("\n<p class=\"facts\">");
    page.text(time(run.startedAt()) + " · " + run.file() + " · run " + run.runId());
    page.markup("</p>\n</header>\n");
    run.error()
        .ifPresent(
            error ->
                page.markup("<div class=\"error\">")
                    .element("strong", error.code())
                    .element("pre", error.message())
                    .markup("</div>\n"));
  }

  private void graph() {
    if (run.tables().isEmpty()) {
      return;
    }
    page.markup("<h2>Tables</h2>\n<div class=\"card\"><div class=\"graph wide\">\n")
        .markup(TableGraph.svg(run.tables()))
        .markup("</div>\n<div class=\"legend\">")
        .markup("<span><i class=\"embedded\"></i>embedded: DuckDB in one process</span>")
        .markup("<span><i class=\"spark\"></i>Apache Spark</span></div></div>\n");
  }

  private void tables() {
    if (run.tables().isEmpty()) {
      return;
    }
    long longest = 1;
    for (TableRecord table : run.tables()) {
      longest = Math.max(longest, table.millis());
    }
    page.markup("<div class=\"card wide\" style=\"margin-top:14px\"><table class=\"tables\">\n")
        .markup("<thead><tr><th>Table</th><th>Engine</th><th class=\"number\">Rows</th>")
        .markup(
            "<th class=\"number\">Size</th><th>Time</th><th>Checks</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < run.tables().size(); i++) {
      TableRecord table = run.tables().get(i);
      String engine = cssClass(table.engine());
      page.markup("<tr><td><a href=\"#t" + i + "\">").name(table.name()).markup("</a></td><td>");
      page.element("span", "pill " + engine, engine).markup("</td>");
      page.markup("<td class=\"number\" data-label=\"Rows\">");
      page.text(table.rows().isPresent() ? Amounts.number(table.rows().getAsLong()) : "");
      page.markup("</td><td class=\"number\" data-label=\"Size\">");
      page.text(table.bytes().isPresent() ? Amounts.bytes(table.bytes().getAsLong()) : "");
      page.markup("</td><td class=\"time\">");
      timeBar(table, engine, longest);
      page.markup("</td><td class=\"checks\">");
      checks(table);
      page.markup("</td></tr>\n");
    }
    page.markup("</tbody></table></div>\n");
  }

  private void timeBar(TableRecord table, String engine, long longest) {
    if (table.status() == TableStatus.UNCHANGED) {
      page.element("span", "facts", "unchanged");
      return;
    }
    if (table.status() == TableStatus.SKIPPED) {
      page.element("span", "facts", "not run");
      return;
    }
    if (table.millis() == 0) {
      page.element("span", "facts", "with its readers");
      return;
    }
    page.element("span", Amounts.time(table.millis()));
    page.markup("<span class=\"bar\"><b class=\"" + engine + "\" style=\"width:")
        .markup(String.format(Locale.ROOT, "%.1f", 100.0 * table.millis() / longest))
        .markup("%\"></b></span>");
  }

  private void checks(TableRecord table) {
    int[] counts = new int[ExpectationStatus.values().length];
    for (ExpectationResult result : table.expectations()) {
      counts[result.status().ordinal()]++;
    }
    page.markup("<div class=\"pills\">");
    if (table.status() == TableStatus.FAILED) {
      page.element("span", "pill bad", "table failed");
    }
    for (ExpectationStatus status : ExpectationStatus.values()) {
      int count = counts[status.ordinal()];
      if (count > 0) {
        page.element("span", "pill " + tone(status), count + " " + word(status));
      }
    }
    if (table.badRecords().isPresent() && table.badRecords().get().count() > 0) {
      String count = Amounts.count(table.badRecords().get().count(), "bad record");
      page.element("span", "pill warn", count);
    }
    page.markup("</div>");
  }

  private void outputs() {
    if (run.published().isEmpty()) {
      return;
    }
    page.markup("<h2>Published</h2>\n<div class=\"card wide\"><table>\n<thead><tr><th>Table</th>")
        .markup("<th>Path</th><th>Mode</th><th class=\"number\">Files</th>")
        .markup("<th class=\"number\">Size</th></tr></thead>\n<tbody>\n");
    for (PublishedOutput output : run.published()) {
      page.markup("<tr><td>").name(output.table()).markup("</td><td class=\"path\">");
      page.element("code", output.path()).markup("</td><td>");
      page.text(output.mode().name().toLowerCase(Locale.ROOT)).markup("</td><td class=\"number\">");
      page.text(Amounts.number(output.files())).markup("</td><td class=\"number\">");
      page.text(Amounts.bytes(output.bytes())).markup("</td></tr>\n");
    }
    page.markup("</tbody></table></div>\n");
  }

  private void details() {
    if (run.tables().isEmpty()) {
      return;
    }
    page.markup("<h2>Details</h2>\n");
    for (int i = 0; i < run.tables().size(); i++) {
      detail(run.tables().get(i), i);
    }
  }

  private void detail(TableRecord table, int index) {
    String engine = cssClass(table.engine());
    boolean open = table.status() == TableStatus.FAILED || brokenExpectations(table);
    page.markup("<details class=\"card\" id=\"t" + index + "\"" + (open ? " open" : "") + ">");
    page.markup("<summary><strong>").name(table.name()).markup("</strong>");
    page.element("span", "pill " + engine, engine);
    if (table.status() != TableStatus.SUCCEEDED) {
      String tone = table.status() == TableStatus.FAILED ? "bad" : "plain";
      page.element(
          "span", "pill " + tone, table.status() == TableStatus.FAILED ? "failed" : "not run");
    }
    page.element("span", "facts", facts(table)).markup("</summary>\n<div>\n");
    sentences("Unusual", table.observed().unusual().stream().map(UnusualFigure::text).toList());
    expectations(table);
    badRecords(table);
    sentences("Why it ran this way", table.reasons());
    refusals(table);
    StageTable.write(table.stages(), page);
    columns(table);
    table.sql().ifPresent(sql -> code("SQL", sql));
    table.engineSql().ifPresent(sql -> code("DuckDB SQL", sql));
    sentences("Reads", table.reads());
    table.output().ifPresent(path -> sentences("Written to", List.of(path)));
    page.markup("</div></details>\n");
  }

  private static boolean brokenExpectations(TableRecord table) {
    return table.expectations().stream().anyMatch(e -> e.status() != ExpectationStatus.PASSED);
  }

  private static String facts(TableRecord table) {
    List<String> facts = new ArrayList<>();
    facts.add(
        switch (table.materialisation()) {
          case INLINED -> "inlined into its readers";
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
      page.element("span", "pill " + tone(result.status()), word(result.status())).markup(" ");
      page.element("code", result.description());
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
      sampleRows(result.sampleRows());
      page.markup("</div>\n");
    }
  }

  private void sampleRows(List<Map<String, String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    page.markup("<div class=\"small wide\"><table><thead><tr>");
    columns.forEach(column -> page.markup("<th>").name(column).markup("</th>"));
    page.markup("</tr></thead><tbody>");
    for (Map<String, String> row : rows) {
      page.markup("<tr>");
      for (String column : columns) {
        page.markup("<td>").name(row.getOrDefault(column, "")).markup("</td>");
      }
      page.markup("</tr>");
    }
    page.markup("</tbody></table></div>");
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
    for (ColumnRecord column : table.columns()) {
      page.markup("<li>").name(column.name()).markup(" ");
      page.element("span", column.type() + (column.nullable() ? "" : " NOT NULL")).markup("</li>");
    }
    page.markup("</ul>\n");
  }

  private void sentences(String title, List<String> sentences) {
    if (sentences.isEmpty()) {
      return;
    }
    page.element("h3", title).markup("<ul>");
    sentences.forEach(sentence -> page.element("li", sentence));
    page.markup("</ul>\n");
  }

  private void code(String title, String code) {
    page.element("h3", title).markup("<pre><code>").text(code.stripTrailing());
    page.markup("</code></pre>\n");
  }

  private void target() {
    if (run.target().isEmpty()) {
      return;
    }
    TargetRecord target = run.target().get();
    page.markup("<h2>Target ").name(target.name()).markup("</h2>\n<p class=\"facts\">");
    page.text("Spark ran on " + target.master()).markup("</p>\n");
    if (target.settings().isEmpty()) {
      return;
    }
    page.markup("<div class=\"card wide\"><table><thead><tr><th>Setting</th><th>Value</th>")
        .markup("<th>Why</th></tr></thead>\n<tbody>\n");
    for (SettingRecord setting : target.settings()) {
      page.markup("<tr><td class=\"path\">").element("code", setting.name());
      page.markup("</td><td class=\"path\">").element("code", setting.value());
      page.markup("</td>").element("td", setting.why()).markup("</tr>\n");
    }
    page.markup("</tbody></table></div>\n");
  }

  private void settings() {
    if (run.conf().isEmpty()) {
      return;
    }
    page.markup("<h2>Settings</h2>\n<div class=\"card wide\"><table><tbody>\n");
    run.conf()
        .forEach(
            (key, value) ->
                page.markup("<tr><td class=\"path\">")
                    .element("code", key)
                    .markup("</td><td class=\"path\">")
                    .element("code", value)
                    .markup("</td></tr>\n"));
    page.markup("</tbody></table></div>\n");
  }

  private void foot() {
    page.element(
            "footer", "Kindling " + run.kindlingVersion() + " · finished " + time(run.finishedAt()))
        .markup("\n</main>\n</body>\n</html>\n");
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String cssClass(Engine engine) {
    return engine == Engine.SPARK ? "spark" : "embedded";
  }

  private static String word(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case INTERRUPTED -> "interrupted";
    };
  }

  private static String tone(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> "good";
      case FAILED -> "bad";
      case INTERRUPTED -> "warn";
    };
  }

  private static String word(ExpectationStatus status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case WARNED -> "warned";
    };
  }

  private static String tone(ExpectationStatus status) {
    return switch (status) {
      case PASSED -> "good";
      case FAILED -> "bad";
      case WARNED -> "warn";
    };
  }
}
