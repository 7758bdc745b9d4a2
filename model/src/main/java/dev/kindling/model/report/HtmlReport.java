package dev.kindling.model.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.model.history.RunHistory;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.TargetRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report of a run: one HTML page that needs nothing else, neither a network nor scripts, and
 * may be sent to somebody. It is light or dark as the reader's system is.
 */
public final class HtmlReport {
  private static final int SLOWEST_SHOWN = 12;

  private final RunRecord run;
  private final RunHistory before;
  private final Html page = new Html();

  private HtmlReport(RunRecord run, RunHistory before) {
    this.run = run;
    this.before = before;
  }

  /** The page of a run of which no earlier one is known. */
  public static String render(RunRecord run) {
    return render(run, RunHistory.NONE);
  }

  /**
   * The page; every text of the record is escaped.
   *
   * @param before the runs before this one
   */
  public static String render(RunRecord run, RunHistory before) {
    HtmlReport report = new HtmlReport(run, before);
    report.head();
    report.title();
    report.graph();
    report.tables();
    report.time();
    report.changes();
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
    page.element("span", "pill " + Words.tone(run.status()), Words.of(run.status()))
        .markup("</div>\n");
    page.element("p", "summary", Summary.of(run)).markup("\n<p class=\"facts\">");
    page.text(Words.time(run.startedAt()) + " · " + run.file() + " · run " + run.runId());
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
        .markup("<span><i class=\"spark\"></i>Apache Spark</span>")
        .markup("<span><i class=\"dot good\"></i>checks passed</span>")
        .markup("<span><i class=\"dot warn\"></i>look at its rows</span>")
        .markup("<span><i class=\"dot bad\"></i>failed</span></div></div>\n");
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
      String engine = Words.engine(table.engine());
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
    if (table.status() == TableStatus.SKIPPED || table.status() == TableStatus.UNCHANGED) {
      page.element("span", "facts", Words.of(table.status()));
      return;
    }
    if (table.millis() == 0) {
      page.element("span", "facts", "with its readers");
      return;
    }
    page.element("span", Amounts.time(table.millis()));
    bar(engine, (double) table.millis() / longest);
  }

  private void bar(String colour, double share) {
    page.markup("<span class=\"bar\"><b class=\"" + colour + "\" style=\"width:")
        .markup(String.format(Locale.ROOT, "%.1f", 100 * share))
        .markup("%\"></b></span>");
  }

  private void checks(TableRecord table) {
    page.markup("<div class=\"pills\">");
    Quality.findings(table)
        .forEach(finding -> page.element("span", "pill " + finding.tone(), finding.text()));
    page.markup("</div>");
  }

  private void time() {
    List<TableRecord> slowest =
        run.tables().stream()
            .filter(table -> table.millis() > 0)
            .sorted(Comparator.comparingLong(TableRecord::millis).reversed())
            .toList();
    if (slowest.isEmpty() || run.millis() == 0) {
      return;
    }
    page.markup(
        "<h2>Where time went</h2>\n<div class=\"card wide\"><table class=\"spent\"><tbody>\n");
    long rest = run.millis();
    for (int i = 0; i < slowest.size(); i++) {
      TableRecord table = slowest.get(i);
      rest -= table.millis();
      if (i < SLOWEST_SHOWN) {
        page.markup("<tr><td><a href=\"#t" + run.tables().indexOf(table) + "\">");
        page.name(table.name()).markup("</a></td>");
        spent(table.millis(), Words.engine(table.engine()));
      }
    }
    if (slowest.size() > SLOWEST_SHOWN) {
      List<TableRecord> others = slowest.subList(SLOWEST_SHOWN, slowest.size());
      page.markup("<tr>").element("td", "facts", Amounts.count(others.size(), "other table"));
      spent(others.stream().mapToLong(TableRecord::millis).sum(), "plain");
    }
    if (rest > 0) {
      page.markup("<tr>").element("td", "facts", "checking, planning, publishing and the like");
      spent(rest, "plain");
    }
    page.markup("</tbody></table></div>\n");
  }

  private void spent(long millis, String colour) {
    page.markup("<td class=\"number\">").text(Amounts.time(millis)).markup("</td>");
    page.markup("<td class=\"time\">");
    bar(colour, Math.min(1, (double) millis / run.millis()));
    page.markup("</td></tr>\n");
  }

  private void changes() {
    if (before.newest().isEmpty()) {
      return;
    }
    RunRecord last = before.newest().get();
    page.markup("<h2>Since the run before</h2>\n<div class=\"card changes\"><p class=\"facts\">");
    page.text(Words.time(last.startedAt()) + " · run " + last.runId()).markup("</p>\n<ul>\n");
    List<String> ofRun = RunChanges.ofRun(last, run);
    Map<String, List<String>> ofTables = RunChanges.ofTables(last, run);
    ofRun.forEach(change -> page.element("li", change).markup("\n"));
    ofTables.forEach(
        (table, changes) ->
            page.markup("<li><strong>")
                .name(table)
                .markup("</strong> ")
                .text(String.join("; ", changes))
                .markup("</li>\n"));
    if (ofRun.isEmpty() && ofTables.isEmpty()) {
      page.element("li", "Nothing that is on record is other than then.").markup("\n");
    }
    page.markup("</ul></div>\n");
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
    TableDetails details = new TableDetails(page, before, run.tables().size());
    for (int i = 0; i < run.tables().size(); i++) {
      details.write(run.tables().get(i), i);
    }
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
            "footer",
            "Kindling " + run.kindlingVersion() + " · finished " + Words.time(run.finishedAt()))
        .markup("\n</main>\n</body>\n</html>\n");
  }
}
