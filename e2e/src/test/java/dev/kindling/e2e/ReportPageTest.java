package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.testkit.browser.Browser;
import dev.kindling.testkit.browser.Browser.Colours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a run as a browser shows it: on desks and telephones, in light and dark. */
@Tag("suite")
class ReportPageTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int DESK = 1200;
  private static final int TELEPHONE = 390;
  // The bytes of a page of 200 tables, and how long it may take from the first byte to the last
  // box.
  private static final int MOST_BYTES = 2_000_000;

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() {
    Optional<Path> program = Browser.find(System.getenv());
    assumeTrue(program.isPresent(), Browser.MISSING);
    browser = Browser.start(program.get());
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Runs a pipeline as often as asked, and opens the report of the last run. */
  private static Path report(String name, String yaml, int runs, int exitCode) throws IOException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.writeString(project.resolve("kindling.yaml"), yaml);
    for (int i = 0; i < runs; i++) {
      Result run = Cli.in(folder).run("run", name, "--set", "rows=" + (1000 + 100 * i));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    }
    try (Stream<Path> all = Files.list(project.resolve(".kindling/runs"))) {
      Path newest = all.sorted().reduce((first, second) -> second).orElseThrow();
      return newest.resolve("report.html");
    }
  }

  private static void shoot(Path report, String name) {
    for (int width : new int[] {DESK, TELEPHONE}) {
      for (Colours colours : Colours.values()) {
        browser.screen(width, 900, colours);
        browser.open(report.toUri().toString());
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as("nothing sticks out of the page at %s pixels", width)
            .isLessThanOrEqualTo(width);
        browser.screenshotOfPage(
            SCREENSHOTS.resolve(
                "report-%s-%s-%s.png"
                    .formatted(
                        name,
                        width == DESK ? "desk" : "telephone",
                        colours == Colours.DARK ? "dark" : "light")));
      }
    }
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aRunIsShownWithTablesTimesChecksRowsAndChanges() throws IOException {
    Path report =
        report(
            "shop",
            """
            pipeline: customer-revenue
            params: { rows: 1000 }
            tables:
              orders:
                sql: SELECT id AS order_id, id % 40 AS customer_id, CAST(id * 1.5 - 30 AS DECIMAL(12,2)) AS amount, date_add(DATE'2026-01-01', CAST(id % 90 AS INT)) AS day FROM range(3000) WHERE id < :rows
              customers:
                sql: SELECT id AS customer_id, CASE WHEN id % 7 = 0 THEN NULL ELSE element_at(array('NL', 'DE', 'FR'), CAST(id % 3 AS INT) + 1) END AS country FROM range(40)
                expect:
                  - unique: [customer_id]
                  - not_null: [country]
                    on_violation: warn
              clean:
                sql: SELECT * FROM orders WHERE day < DATE'2026-03-15'
                expect:
                  - not_null: [order_id, customer_id]
                  - check: amount > 0
                    on_violation: quarantine
              revenue:
                sql: |
                  SELECT c.country, month(o.day) AS month, sum(o.amount) AS revenue, count(*) AS orders
                  FROM clean o JOIN customers c USING (customer_id)
                  GROUP BY ALL
                write: { format: parquet, path: out/revenue, mode: overwrite }
              best:
                sql: SELECT * FROM clean ORDER BY amount DESC LIMIT 10
                write: { format: parquet, path: out/best, mode: overwrite }
            """,
            3,
            0);
    shoot(report, "shop");
    assertThat(browser.text())
        .contains("customer-revenue", "succeeded", "Where time went", "Since the run before")
        .contains("clean 875 → 958 rows (+9.5 %)", "quarantine/clean", "Some of its rows");
    assertThat(browser.evaluate("document.querySelectorAll('svg .box').length").asInt())
        .isEqualTo(5);
  }

  @Test
  void hostileNamesAndRowsStayText() throws IOException {
    Path report =
        report(
            "hostile",
            """
            pipeline: "</title></script><script>document.title='taken'</script> \\"quoted\\" 🎉 \\u202Ertl"
            params: { rows: 1 }
            tables:
              shown:
                sql: |
                  SELECT '</script><script>document.title="taken"</script>' AS `</th><script>document.title=1</script>`,
                    '<img src=x onerror="document.title=1">' AS `"quoted" 'names' & more`,
                    'שלום עולם' AS `עברית`, '🎉👩‍👩‍👧' AS `emoji 🎉`, repeat('0123456789', 1000) AS long,
                    concat('a', chr(10), 'b') AS lines, NULL AS nothing
                expect:
                  - check: "`emoji 🎉` = '</td><script>document.title=1</script>'"
                    on_violation: warn
              right_to_left:
                sql: SELECT 'مرحبا' AS `مرحبا`
                expect:
                  - query: SELECT concat('<b>', repeat('x', 10000)) AS found
                write: { format: parquet, path: "out/<i>" }
            """,
            1,
            3);
    shoot(report, "hostile");
    assertThat(browser.evaluate("document.scripts.length + document.images.length").asInt())
        .isZero();
    assertThat(browser.evaluate("document.title").asText()).startsWith("</title></script>");
    assertThat(browser.text()).contains("EXPECTATION_FAILED", "<img src=x onerror=");
  }

  @Test
  void twoHundredTablesOpenAtOnce() throws IOException {
    StringBuilder yaml = new StringBuilder("pipeline: many\nparams: { rows: 1 }\ntables:\n");
    for (int i = 0; i < 200; i++) {
      String from = i < 10 ? "range(1000)" : "stage_of_the_pipeline_" + i / 3;
      yaml.append(
          """
            stage_of_the_pipeline_%d:
              sql: >-
                SELECT id, id %% 10 AS remainder_%d, concat('customer number ', id) AS name,
                CASE WHEN id %% 3 = 0 THEN 'third' ELSE 'other' END AS kind FROM %s WHERE id > %d
              expect: [ { not_null: [id] } ]
          """
              .formatted(i, i, from, i % 10));
    }
    Path report = report("many", yaml.toString(), 1, 0);

    assertThat(Files.size(report)).isLessThan(MOST_BYTES);
    browser.screen(DESK, 900, Colours.LIGHT);
    browser.open(report.toUri().toString());
    assertThat(browser.evaluate("document.querySelectorAll('svg .box').length").asInt())
        .isEqualTo(200);
    System.out.printf(
        "report of 200 tables: %,d bytes, loaded in %s ms%n",
        Files.size(report),
        browser
            .evaluate("Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)")
            .asText());
    browser.screenshot(SCREENSHOTS.resolve("report-many.png"));
  }
}
