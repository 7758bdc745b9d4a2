package dev.kindling.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.pipeline.WriteMode;
import dev.kindling.model.record.BadRecords;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.ErrorRecord;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.Observed;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.Records;
import dev.kindling.model.record.RefusalRecord;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.TargetRecord;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
  @Test
  void saysWhatARunDid() {
    String page = HtmlReport.render(Records.revenue("20260102-030405-006-abcd"));
    assertThat(page)
        .contains("customer-revenue")
        .contains(
            "Succeeded in 1.25 s: 4 tables, 3 embedded and 1 on Spark, 1 output published, 129 bad"
                + " records, 3 rows against expectations, 2 unusual figures.")
        .contains("2026-01-02 03:04:05 UTC")
        .contains("99,871")
        .contains("48 kB")
        .contains("640 ms")
        .contains("soundex(category): DuckDB has no soundex")
        .contains("kindling.yaml:14:12")
        .contains("FROM clean o JOIN customers c USING (customer_id) GROUP BY ALL")
        .contains("SELECT * FROM read_parquet(&#39;/data/customers/*.parquet&#39;)")
        .contains("DECIMAL(22,2)")
        .contains("7400000.50")
        .contains("/data/.kindling/runs/x/quarantine/clean")
        .contains("spark.sql.session.timeZone");
  }

  @Test
  void showsTheStagesThatSparkRan() {
    String page = HtmlReport.render(Records.revenue("r"));
    assertThat(page)
        .contains("2 stages on Spark")
        .contains("<td>12 + 1 failed</td>", "(4.0×)")
        .contains("<td>4, attempt 2</td>", "64 MB");
  }

  @Test
  void showsWhatWasDecidedForTheTargetAndWhy() {
    assertThat(HtmlReport.render(Records.revenue("r")))
        .contains("<h2>Target <bdi>prod</bdi></h2>", "spark://spark1:7077")
        .contains("<code>spark.speculation</code>", "<td>one machine may be slow</td>");
  }

  @Test
  void needsNothingElse() {
    String page = HtmlReport.render(Records.revenue("r"));
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("<img")
        .doesNotContain("@import")
        .doesNotContain("url(")
        .doesNotContainPattern("https?://")
        .contains("default-src 'none'")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void thePageIsWellFormed() throws Exception {
    Document page = parse(HtmlReport.render(Records.revenue("r")));
    assertThat(page.getElementsByTagName("pre").getLength()).isEqualTo(6);
    for (int i = 0; i < 4; i++) {
      assertThat(table(page, i).getAttribute("class")).isEqualTo("card");
    }
    assertThat(page.getElementsByTagName("rect").getLength()).isEqualTo(4);
    // The graph has one box a table and one arrow a reading; links lead to the details.
    NodeList paths = page.getElementsByTagName("path");
    int edges = 0;
    for (int i = 0; i < paths.getLength(); i++) {
      edges += ((Element) paths.item(i)).getAttribute("class").equals("edge") ? 1 : 0;
    }
    assertThat(edges).isEqualTo(3);
  }

  @Test
  void hostileTextStaysText() throws Exception {
    String evil =
        "</pre></style><script>alert(1)</script><img src=x onerror='x'>\"&\u0000\u202E\uD800";
    Document page = parse(HtmlReport.render(Reports.everywhere(evil)));
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("img").getLength()).isZero();
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo(evil.replace('\u0000', '\uFFFD').replace('\uD800', '\uFFFD'));
    assertThat(page.getElementsByTagName("style").getLength()).isEqualTo(1);
  }

  @Test
  void anErrorIsShown() throws Exception {
    Document page = parse(HtmlReport.render(Reports.failed()));
    assertThat(page.getDocumentElement().getTextContent())
        .contains("EXPECTATION_FAILED")
        .contains("Table 'clean': not_null: order_id")
        .contains("Failed after 1.25 s: 2 tables, all embedded, 1 table not run, nothing published")
        .contains("not run");
    assertThat(table(page, 0).hasAttribute("open")).isFalse();
    assertThat(table(page, 1).hasAttribute("open")).isTrue();
  }

  @Test
  void aRunWithoutTablesHasAReport() throws Exception {
    RunRecord run =
        new RunRecord(
            RunRecord.VERSION,
            "r",
            "p",
            "f",
            Instant.EPOCH,
            Instant.EPOCH,
            RunStatus.INTERRUPTED,
            "0.1.0",
            Map.of(),
            List.of(),
            List.of(),
            Optional.of(new ErrorRecord("INTERRUPTED", "Stopped by Ctrl-C")));
    Document page = parse(HtmlReport.render(run));
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Interrupted after 0 ms: no table run, nothing published.");
    assertThat(page.getElementsByTagName("svg").getLength()).isZero();
  }

  @Test
  void strangeReadsDoNoHarm() throws Exception {
    List<TableRecord> tables = new ArrayList<>();
    tables.add(Reports.table("a", Engine.EMBEDDED, List.of("a", "b", "nothing")));
    tables.add(Reports.table("b", Engine.SPARK, List.of("A")));
    Document page = parse(HtmlReport.render(Reports.of(tables)));
    assertThat(page.getElementsByTagName("rect").getLength()).isEqualTo(2);
  }

  @Test
  void longNamesAreCutBetweenCharacters() throws Exception {
    List<TableRecord> tables = List.of(Reports.table("🎉".repeat(40), Engine.EMBEDDED, List.of()));
    Document page = parse(HtmlReport.render(Reports.of(tables)));
    assertThat(page.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("🎉".repeat(23) + "…");
  }

  @Test
  void amountsAreReadable() {
    assertThat(Amounts.number(1234567)).isEqualTo("1,234,567");
    assertThat(Amounts.count(1, "row")).isEqualTo("1 row");
    assertThat(Amounts.count(0, "row")).isEqualTo("0 rows");
    assertThat(List.of(0L, 999L, 1000L, 9_949L, 9_950L, 999_499L, 999_500L, 5_312_940L))
        .extracting(Amounts::bytes)
        .containsExactly("0 B", "999 B", "1.0 kB", "9.9 kB", "10 kB", "999 kB", "1.0 MB", "5.3 MB");
    assertThat(Amounts.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    assertThat(List.of(0L, 999L, 1250L, 9_994L, 9_995L, 59_994L, 59_995L, 123_000L, 3_720_000L))
        .extracting(Amounts::time)
        .containsExactly(
            "0 ms",
            "999 ms",
            "1.25 s",
            "9.99 s",
            "10.0 s",
            "60.0 s",
            "1 min 00 s",
            "2 min 03 s",
            "1 h 02 min");
  }

  @Test
  void showsRowsPlanNullsAndWhatIsUnusual() {
    assertThat(HtmlReport.render(Records.revenue("r")))
        .contains("<h3>Some of its rows</h3>", "<bdi>120.50</bdi>")
        .contains("DuckDB&#39;s plan", "HASH_GROUP_BY\n  HASH_JOIN")
        .contains("Rows with NULL: country 2")
        .contains("212 rows, where the last 9 runs lead to expect 901 to 1,100")
        .contains("1.0 % of column &#39;country&#39; is NULL");
  }

  @Test
  void showsWhereTimeWent() throws Exception {
    RunRecord run = Records.revenue("r");
    String page = HtmlReport.render(run);
    assertThat(page.substring(page.indexOf("Where time went")))
        .containsSubsequence(
            "<bdi>clean</bdi>", "640 ms", "51.2%", "<bdi>orders</bdi>", "412 ms", "revenue")
        .containsSubsequence("checking, planning, publishing and the like", "160 ms");
  }

  @Test
  void saysWhatChangedSinceTheRunBefore() throws Exception {
    RunRecord before = Records.revenue("20260101-030405-006-abcd");
    assertThat(HtmlReport.render(Records.revenue("r"))).doesNotContain("Since the run before");
    assertThat(HtmlReport.render(Records.revenue("r"), new RunHistory(List.of(before))))
        .contains("2026-01-02 03:04:05 UTC · run 20260101-030405-006-abcd")
        .contains("Nothing that is on record is other than then.");

    RunRecord failed = Reports.failed();
    assertThat(HtmlReport.render(failed, new RunHistory(List.of(before))))
        .contains("<li>the run failed; the one before succeeded</li>")
        .contains("<li>table &#39;customers&#39; was not part of it</li>")
        .contains("<bdi>clean</bdi></strong> failed, and did not in the run before</li>");

    TableRecord old = Reports.table("a", Engine.SPARK, List.of());
    List<TableRecord> now =
        List.of(
            Reports.table("A", Engine.EMBEDDED, List.of()),
            Reports.table("b", Engine.SPARK, List.of()));
    assertThat(RunChanges.ofTables(Reports.of(List.of(old)), Reports.of(now)))
        .isEqualTo(Map.of("A", List.of("spark → embedded"), "b", List.of("is new")));
  }

  @Test
  void drawsTheRowsOfTheLastRuns() {
    List<RunRecord> runs = List.of(Records.revenue("r3"), Records.revenue("r2"));
    assertThat(HtmlReport.render(Records.revenue("r4"), new RunHistory(runs)))
        .contains("Rows over the last 3 runs: 212 to 212")
        .contains("<polyline points=\"4.0,16.0 80.0,16.0 156.0,16.0\"/>");
  }

  @Test
  void twoHundredLargeTablesFitOnAPage() throws Exception {
    String evil = "</script>\"'\u202E🎉".repeat(900);
    List<TableRecord> tables = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tables.add(Reports.large("table_" + i, evil, i == 0 ? List.of() : List.of("table_" + i / 2)));
    }
    String page =
        HtmlReport.render(Reports.of(tables), new RunHistory(List.of(Reports.of(tables))));

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    assertThat(parse(page).getElementsByTagName("rect").getLength()).isEqualTo(200);
    assertThat(page).contains("The whole of it is in run.json.", "more columns");
  }

  private static Element table(Document page, int index) {
    NodeList all = page.getElementsByTagName("details");
    for (int i = 0; i < all.getLength(); i++) {
      if (((Element) all.item(i)).getAttribute("id").equals("t" + index)) {
        return (Element) all.item(i);
      }
    }
    throw new AssertionError("no details of table " + index);
  }

  /** The page as XML, which is stricter than any browser. */
  private static Document parse(String page) throws Exception {
    String xml =
        page.replace("<!doctype html>\n", "")
            .replaceAll("(<meta [^>]*)>", "$1/>")
            .replace(" open>", " open=\"\">");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  /** Runs that a report must stand. */
  static final class Reports {
    private Reports() {}

    static RunRecord of(List<TableRecord> tables) {
      RunRecord base = Records.revenue("r");
      return new RunRecord(
          RunRecord.VERSION,
          "r",
          "many-tables",
          base.file(),
          base.startedAt(),
          base.finishedAt(),
          RunStatus.SUCCEEDED,
          "0.1.0",
          Map.of(),
          tables,
          List.of(),
          Optional.empty());
    }

    static TableRecord table(String name, Engine engine, List<String> reads) {
      return new TableRecord(
          name,
          engine,
          TableStatus.SUCCEEDED,
          Materialisation.STAGED,
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.of(10),
          OptionalLong.empty(),
          5,
          Optional.empty(),
          List.of(),
          reads,
          Optional.empty());
    }

    /** A table with texts of 10,000 characters in 60 columns. */
    static TableRecord large(String name, String text, List<String> reads) {
      Map<String, String> row = new LinkedHashMap<>();
      List<ColumnRecord> columns = new ArrayList<>();
      for (int c = 0; c < 60; c++) {
        row.put("c" + c, text);
        columns.add(new ColumnRecord("c" + c, "STRING", true));
      }
      return new TableRecord(
          name,
          Engine.EMBEDDED,
          TableStatus.SUCCEEDED,
          Materialisation.TEMPORARY,
          List.of("computed once, because it is used 2 times and is not cheap"),
          List.of(),
          columns,
          Optional.of(text),
          Optional.of(text),
          OptionalLong.of(10),
          OptionalLong.of(10),
          5,
          Optional.empty(),
          List.of(),
          reads,
          Optional.empty(),
          List.of(),
          new Observed(Map.of("c1", 3L), Collections.nCopies(5, row), Optional.of(text), List.of()),
          Optional.empty());
    }

    static RunRecord failed() {
      RunRecord base = Records.revenue("20260102-030405-006-abcd");
      TableRecord clean = base.tables().get(2);
      ExpectationResult broken =
          new ExpectationResult(
              "not_null: order_id",
              false,
              OnViolation.FAIL,
              ExpectationStatus.FAILED,
              41,
              List.of(Map.of("order_id", "NULL", "amount", "3.00")),
              Optional.empty());
      TableRecord failed =
          new TableRecord(
              clean.name(),
              Engine.EMBEDDED,
              TableStatus.FAILED,
              clean.materialisation(),
              List.of("It has expectations."),
              List.of(),
              clean.columns(),
              clean.sql(),
              Optional.of("SELECT * FROM orders"),
              clean.rows(),
              OptionalLong.empty(),
              380,
              Optional.empty(),
              List.of(broken),
              clean.reads(),
              Optional.empty());
      TableRecord last = base.tables().get(3);
      TableRecord skipped =
          new TableRecord(
              last.name(),
              last.engine(),
              TableStatus.SKIPPED,
              last.materialisation(),
              last.reasons(),
              List.of(),
              last.columns(),
              last.sql(),
              last.engineSql(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              0,
              Optional.empty(),
              List.of(),
              last.reads(),
              last.output());
      return new RunRecord(
          RunRecord.VERSION,
          base.runId(),
          base.pipeline(),
          base.file(),
          base.startedAt(),
          base.finishedAt(),
          RunStatus.FAILED,
          "0.1.0",
          base.conf(),
          List.of(base.tables().get(0), failed, skipped),
          List.of(),
          Optional.of(
              new ErrorRecord(
                  "EXPECTATION_FAILED",
                  "Table 'clean': not_null: order_id is broken by 41 of 97,004 rows"
                      + " (kindling.yaml:17:9).\nSee the rows below.")));
    }

    static RunRecord everywhere(String text) {
      TableRecord table =
          new TableRecord(
              text,
              Engine.SPARK,
              TableStatus.FAILED,
              Materialisation.STAGED,
              List.of(text),
              List.of(new RefusalRecord(text, Optional.of(text), text)),
              List.of(new ColumnRecord(text, text, true)),
              Optional.of(text),
              Optional.of(text),
              OptionalLong.of(Long.MAX_VALUE),
              OptionalLong.of(Long.MAX_VALUE),
              Long.MAX_VALUE,
              Optional.of(new BadRecords(Long.MAX_VALUE, Optional.of(text))),
              List.of(
                  new ExpectationResult(
                      text,
                      false,
                      OnViolation.FAIL,
                      ExpectationStatus.FAILED,
                      Long.MAX_VALUE,
                      List.of(Map.of(text, text)),
                      Optional.of(text))),
              List.of(text),
              Optional.of(text));
      return new RunRecord(
          RunRecord.VERSION,
          text,
          text,
          text,
          Instant.EPOCH,
          Instant.parse("2026-01-01T00:00:00Z"),
          RunStatus.FAILED,
          text,
          Map.of(text, text),
          Optional.of(new TargetRecord(text, text, List.of(new SettingRecord(text, text, text)))),
          List.of(table),
          List.of(new PublishedOutput(text, text, WriteMode.APPEND, 1, 1)),
          Optional.of(new ErrorRecord(text, text)));
    }
  }
}
