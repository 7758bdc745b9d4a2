package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import dev.kindling.model.rows.CellText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("suite")
class ProfileCommandTest {
  @TempDir static Path folder;

  @BeforeAll
  static void data() throws IOException, SQLException {
    StringBuilder csv = new StringBuilder("id,code,status,amount,day,note\n");
    for (int i = 1; i <= 40; i++) {
      csv.append(i)
          .append(",00")
          .append(i % 10)
          .append(i % 4 == 0 ? ",open," : ",paid,")
          .append(i)
          .append(".5,2026-01-")
          .append(i % 28 + 1 < 10 ? "0" : "")
          .append(i % 28 + 1)
          .append(i % 8 == 0 ? ",<b>\n" : ",\n");
    }
    Data.text(folder.resolve("orders.csv"), csv.toString());
    Data.parquet(
        folder.resolve("nested.parquet"),
        "SELECT i % 2 AS half, [i] AS list, NULL::VARCHAR AS nothing FROM range(6) t(i)");
    Data.text(
        folder.resolve("kindling.yaml"),
        """
        pipeline: shop
        tables:
          orders:
            read: { format: csv, path: orders.csv, header: true,
                    schema: "id INT, code STRING, status STRING, amount DECIMAL(6,1), day DATE, note STRING" }
          doubled:
            sql: SELECT status FROM orders UNION ALL SELECT status FROM orders
        """);
  }

  private static Result profile(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "profile";
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--engine";
    all[args.length + 2] = "embedded";
    return Cli.launch(all);
  }

  @Test
  void showsWhatIsInAFile() {
    Result result = profile(folder.resolve("orders.csv").toString());

    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output())
        .contains(
            """
            40 rows, 6 columns, 0 duplicate rows. All counts are exact.

            id  BIGINT
              nulls 0   distinct 40   as a key, the largest group has 2.5%
              min 1   max 40   mean 20.50
              quantiles  5% 2.950   25% 10.75   50% 20.50   75% 30.25   95% 38.05

            code  STRING
              nulls 0   distinct 10   as a key, the largest group has 10.0%
              min 000   max 009   length 3 to 3, mean 3
              most frequent  000 10.0%   001 10.0%   002 10.0%   003 10.0%   004 10.0%

            status  STRING
              nulls 0   distinct 2   as a key, the largest group has 75.0%
              min open   max paid   length 4 to 4, mean 4
              most frequent  paid 75.0%   open 25.0%
            """)
        .contains(
            "amount  DOUBLE\n", "day  DATE\n", "note  STRING\n  nulls 35 (87.5%)   distinct 1")
        .endsWith(
            """
            expect:
              - not_null: [id, code, status, amount, day]
              - unique: id
              - range: { column: id, min: 1, max: 40 }
              - accepted_values: { column: status, values: [open, paid] }
              - unique: amount
              - range: { column: amount, min: 1.5, max: 40.5 }
              - range: { column: day, min: "DATE'2026-01-01'", max: "DATE'2026-01-28'" }
              - row_count: { min: 1 }
            """);
    assertThat(result.output().lines()).allMatch(line -> CellText.width(line) <= 80);
  }

  @Test
  void suggestsExpectationsThatTheRowsKeep() throws IOException {
    String suggested = profile("orders", "-p", folder.toString(), "--suggest").output().indent(4);
    assertThat(suggested).contains("unique: id");
    Path project = folder.resolve("with expectations");
    Data.text(
        project.resolve("kindling.yaml"),
        """
        pipeline: shop
        tables:
          orders:
            read: { format: csv, path: %s, header: true,
                    schema: "id INT, code STRING, status STRING, amount DECIMAL(6,1), day DATE, note STRING" }
        """
                .formatted(folder.resolve("orders.csv"))
            + suggested
            + "    write: { format: parquet, path: out, mode: overwrite }\n");

    Result run = Cli.launch("run", project.toString(), "--engine", "embedded");

    assertThat(run.exitCode()).as(run.output() + run.errorOutput()).isZero();
  }

  @Test
  void countsNestedValuesButDoesNotCompareThem() throws IOException {
    Result result = profile(folder.resolve("nested.parquet").toString(), "--output", "json");

    JsonNode json = new ObjectMapper().readTree(result.output());
    assertThat(json.path("rows").asLong()).isEqualTo(6);
    assertThat(json.has("duplicateRows")).isFalse();
    JsonNode half = json.path("columns").path(0);
    assertThat(half.path("distinct").asLong()).isEqualTo(2);
    assertThat(half.path("skew").asDouble()).isEqualTo(0.5);
    assertThat(half.path("quantiles").path("0.5").asDouble()).isEqualTo(0.5);
    assertThat(json.path("columns").path(1).has("distinct")).isFalse();
    JsonNode nothing = json.path("columns").path(2);
    assertThat(nothing.path("nulls").asLong()).isEqualTo(6);
    assertThat(nothing.path("distinct").asLong()).isZero();
    assertThat(nothing.has("min")).isFalse();
  }

  @Test
  void countsDuplicatesOfATable() throws IOException {
    Result result = profile("doubled", "-p", folder.toString(), "--output", "json");

    JsonNode json = new ObjectMapper().readTree(result.output());
    assertThat(json.path("rows").asLong()).isEqualTo(80);
    assertThat(json.path("duplicateRows").asLong()).isEqualTo(78);
  }

  @Test
  void makesAPageThatEscapesValues() {
    Result result = profile(folder.resolve("orders.csv").toString(), "--output", "html");

    assertThat(result.output())
        .startsWith("<!doctype html>")
        .endsWith("</body></html>\n")
        .contains("&lt;b&gt;", "<svg", "prefers-color-scheme: dark")
        .doesNotContain("<b>", "<script", "http://", "https://");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThat(profile("orders", "-p", folder.toString(), "--memory", "512m").exitCode()).isZero();
    assertThat(profile("oders", "-p", folder.toString()).errorOutput())
        .isEqualTo(
            "error: The pipeline has no table 'oders' (tables: orders, doubled). Did you mean"
                + " 'orders'?\n");
    assertThat(profile(folder.resolve("kindling.yaml").toString()).errorOutput())
        .contains("Cannot tell the format of", "accepted: .csv, .json");
    assertThat(profile("nowhere.parquet").errorOutput())
        .contains("There is no file or folder 'nowhere.parquet'");
  }
}
