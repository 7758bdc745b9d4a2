package dev.kindling.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.pipeline.WriteMode;
import dev.kindling.model.record.BadRecords;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.ErrorRecord;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.Materialisation;
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
import java.time.Instant;
import java.util.ArrayList;
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
                + " records, 3 rows against expectations.")
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
    assertThat(page.getElementsByTagName("details").getLength()).isEqualTo(4);
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
    Element details = (Element) page.getElementsByTagName("details").item(1);
    assertThat(details.hasAttribute("open")).isTrue();
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
