package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run --changed}: a table runs unless it is known that it would have the same rows. */
class RunChangedTest {
  private static final String PIPELINE =
      """
      pipeline: shop
      params: { least: 0, unused: 1 }
      tables:
        orders:
          read: { format: csv, path: data/orders, header: true, schema: "id BIGINT, kind STRING, amount BIGINT" }
        clean:
          sql: SELECT * FROM orders WHERE amount > 0
          expect:
            - not_null: [id]
        kinds:
          sql: SELECT kind, sum(amount) AS total FROM clean GROUP BY kind
          write: { format: parquet, path: out/kinds, mode: overwrite }
        large:
          sql: SELECT * FROM clean WHERE amount > :least
          write: { format: parquet, path: out/large, mode: overwrite }
        numbers:
          sql: SELECT id FROM range(10)
          write: { format: parquet, path: out/numbers, mode: overwrite }
      """;

  @TempDir Path folder;

  @BeforeEach
  void data() throws IOException {
    Data.text(folder.resolve("data/orders/one.csv"), "id,kind,amount\n1,a,5\n2,b,-7\n3,b,9\n");
    pipeline(PIPELINE);
  }

  private void pipeline(String yaml) throws IOException {
    Data.text(folder.resolve("kindling.yaml"), yaml);
  }

  private void replace(String old, String now) throws IOException {
    assertThat(PIPELINE).contains(old);
    pipeline(PIPELINE.replace(old, now));
  }

  private Result kindling(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, folder.toString()));
    args.addAll(Arrays.asList(more));
    return Cli.launch(args.toArray(new String[0]));
  }

  private Result run(String... more) {
    Result result = kindling("run", more);
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result;
  }

  private RunRecord record() {
    return new RunRecordStore(folder).latest().orElseThrow();
  }

  /** What {@code run --changed} computes: the tables, and for the others nothing. */
  private List<String> changed(String... more) {
    List<String> args = new ArrayList<>(List.of("--changed"));
    args.addAll(Arrays.asList(more));
    run(args.toArray(new String[0]));
    return record().tables().stream()
        .filter(table -> table.status() == TableStatus.SUCCEEDED)
        .map(TableRecord::name)
        .toList();
  }

  private String reason(String table) {
    return record().tables().stream()
        .filter(t -> t.name().equals(table))
        .findFirst()
        .orElseThrow()
        .reasons()
        .get(0);
  }

  @Test
  void nothingRunsWhereNothingChanged() throws IOException {
    run();
    String first = record().runId();
    FileTime written = Files.getLastModifiedTime(folder.resolve("out/kinds"));

    assertThat(changed()).isEmpty();
    assertThat(changed()).isEmpty();
    assertThat(record().tables())
        .extracting(TableRecord::name)
        .containsExactly("orders", "clean", "kinds", "large", "numbers");
    assertThat(reason("kinds")).isEqualTo("unchanged since run " + first);
    assertThat(Files.getLastModifiedTime(folder.resolve("out/kinds"))).isEqualTo(written);
    Result again = run("--changed");
    assertThat(again.output()).contains("kinds", "unchanged");

    Result plan = kindling("plan", "--changed");
    assertThat(plan.output()).contains("kinds: unchanged since run " + first);
    replace("kind, sum(amount)", "kind, max(amount)");
    assertThat(kindling("plan", "--changed").output())
        .contains("- it runs: its definition has changed, or a parameter")
        .contains("large: unchanged since run " + first);
    assertThat(
            new ObjectMapper()
                .readTree(kindling("plan", "--changed", "--output", "json").output())
                .get("unchanged")
                .findValuesAsText("name"))
        .containsExactly("large", "numbers");
    assertThat(run("--changed").output())
        .contains("kinds: it runs: its definition has changed, or a parameter\n")
        .contains("large: unchanged since run " + first)
        .contains("expectations: 1 checked, all kept");
    assertThat(record().tables())
        .filteredOn(table -> table.status() == TableStatus.SUCCEEDED)
        .extracting(TableRecord::name)
        .containsExactly("orders", "clean", "kinds");
  }

  @Test
  @Tag("suite")
  void aRunThatWasNeverMadeIsMade() {
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "large", "numbers");
    assertThat(reason("kinds")).isEqualTo("it runs: no run on record has left it");
  }

  @Test
  @Tag("suite")
  void changedFilesRunWhatReadsThem() throws IOException {
    run();
    Path file = folder.resolve("data/orders/one.csv");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(changed()).as("the same bytes").isEmpty();

    Files.writeString(file, "id,kind,amount\n1,a,5\n2,b,-7\n3,b,8\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "large");
    assertThat(reason("clean")).isEqualTo("it runs: table 'orders' has changed");

    Data.text(folder.resolve("data/orders/two.csv"), "id,kind,amount\n4,c,1\n");
    assertThat(changed()).contains("kinds");
    Files.delete(folder.resolve("data/orders/two.csv"));
    assertThat(changed()).contains("kinds");
    assertThat(changed()).isEmpty();
  }

  @Test
  @Tag("suite")
  void largeFilesCountByTimesAndInode() throws IOException {
    Path file = folder.resolve("data/orders/one.csv");
    String rows = "1,a,5\n".repeat(20_000);
    Data.text(file, "id,kind,amount\n" + rows + "2,b,1\n");
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(file, old);
    run();
    assertThat(changed()).isEmpty();
    // The same size and the same time of modification, as after cp -p.
    Files.writeString(file, "id,kind,amount\n" + rows + "2,b,2\n");
    Files.setLastModifiedTime(file, old);
    assertThat(changed()).contains("orders", "kinds");

    Files.writeString(file, "id,kind,amount\n" + rows + "2,b,3\n");
    run();
    assertThat(changed()).as("it was just written, and may be again").contains("orders", "kinds");
  }

  @Test
  @Tag("suite")
  void changedTablesRunWhatReadsThem() throws IOException {
    run();
    replace("amount > 0", "amount > 1");
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "large");
    pipeline(
        "# Lines move, and nothing is other than before.\n\n"
            + Files.readString(folder.resolve("kindling.yaml")));
    assertThat(changed()).isEmpty();
    replace("kind, sum(amount)", "kind, max(amount)");
    assertThat(changed()).as("clean is what it was at first").contains("clean", "kinds", "large");
    replace("not_null: [id]", "not_null: [id, kind]");
    assertThat(changed()).contains("clean", "kinds", "large");
    replace(
        "path: out/kinds, mode: overwrite", "path: out/kinds, mode: overwrite, partition_by: kind");
    assertThat(changed()).contains("kinds");
    replace("header: true,", "header: false, on_bad_record: drop,");
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "large");
  }

  @Test
  @Tag("suite")
  void parametersRunWhatMayUseThem() {
    run();
    assertThat(changed("--set", "least=6")).containsExactly("orders", "clean", "large");
    assertThat(changed("--set", "least=6")).isEmpty();
  }

  @Test
  @Tag("suite")
  void settingsEnginesAndVersionsRunEverything() throws IOException {
    run();
    List<String> all = List.of("orders", "clean", "kinds", "large", "numbers");
    pipeline("conf: { spark.sql.session.timeZone: Asia/Tokyo }\n" + PIPELINE);
    assertThat(changed()).containsExactlyElementsOf(all);
    assertThat(reason("numbers")).isEqualTo("it runs: the settings are others");
    assertThat(changed("--engine", "embedded")).containsExactlyElementsOf(all);
    assertThat(changed("--engine", "embedded")).isEmpty();

    Path json = folder.resolve(".kindling/runs").resolve(record().runId()).resolve("run.json");
    Files.writeString(
        json,
        Files.readString(json).replaceAll("\"Kindling\" : \"[^\"]*\"", "\"Kindling\" : \"0.0.9\""));
    assertThat(changed("--engine", "embedded")).containsExactlyElementsOf(all);
    assertThat(reason("numbers")).isEqualTo("it runs: Kindling 0.0.9 computed it");
  }

  @Test
  @Tag("suite")
  void outputsThatAreNotWhatWasPublishedAreWrittenAgain() throws IOException {
    run();
    Path kinds = folder.resolve("out/kinds");
    try (Stream<Path> files = Files.walk(folder.resolve("out/numbers"))) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
    Data.text(kinds.resolve("more.txt"), "more");
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "numbers");
    assertThat(reason("numbers")).startsWith("it runs: its output is not as run ");
    assertThat(kinds.resolve("more.txt")).doesNotExist();

    Path part;
    try (Stream<Path> files = Files.list(kinds)) {
      part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    FileTime old = Files.getLastModifiedTime(part);
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    Files.setLastModifiedTime(part, old);
    assertThat(changed()).containsExactly("orders", "clean", "kinds");
    assertThat(changed()).isEmpty();
  }

  @ParameterizedTest
  @Tag("suite")
  @ValueSource(
      strings = {
        "SELECT current_date() AS d",
        "SELECT id FROM range(3) WHERE id < (SELECT hour(now()))",
        "SELECT DATE'today' AS d",
        "WITH t AS (SELECT localtimestamp() AS l) SELECT * FROM t",
      })
  void whatMayGiveOtherRowsRunsEachTime(String sql) throws IOException {
    String table =
        """
          moving: { sql: "%s" }
          written:
            sql: SELECT count(*) AS n FROM moving
            write: { format: parquet, path: out/written, mode: overwrite }
        """
            .formatted(sql);
    pipeline(PIPELINE + table.indent(0));
    run();
    assertThat(changed()).as(sql).contains("moving", "written").doesNotContain("kinds", "numbers");
    assertThat(changed()).as(sql).contains("moving", "written").doesNotContain("kinds", "numbers");
    assertThat(reason("written")).startsWith("it runs: ");
  }

  @Test
  @Tag("suite")
  void expectationsThatAskForTheTimeRunEachTime() throws IOException {
    replace("amount > 0\n", "amount > 0 AND id < 99\n");
    pipeline(
        PIPELINE.replace("      - not_null: [id]", "      - check: year(current_date()) > 2000"));
    run();
    assertThat(changed()).containsExactly("orders", "clean", "kinds", "large");
    assertThat(reason("clean").toLowerCase(Locale.ROOT))
        .contains("it runs: its sql has current_date");
  }

  @Test
  @Tag("suite")
  void appendedOutputsAndTablesByPathRunEachTime() throws IOException {
    pipeline(
        PIPELINE.replace("path: out/numbers, mode: overwrite", "path: out/numbers, mode: append")
            + """
                by_path:
                  sql: SELECT * FROM parquet.`%s`
                  write: { format: parquet, path: out/by_path, mode: overwrite }
              """
                .formatted(folder.resolve("out/kinds"))
                .indent(0));
    Files.createDirectories(folder.resolve("out"));
    kindling("run", "--select", "kinds");
    run();
    assertThat(changed()).containsExactly("numbers", "by_path");
    assertThat(reason("numbers")).isEqualTo("it runs: each run appends its rows");
    assertThat(reason("by_path")).contains("by path");
  }

  @Test
  @Tag("suite")
  void whatFailedRunsAgain() throws IOException {
    run();
    replace("not_null: [id]", "check: amount > 5");
    assertThat(kindling("run", "--changed").exitCode()).isEqualTo(3);
    assertThat(kindling("run", "--changed").exitCode()).as("it is not forgotten").isEqualTo(3);
    pipeline(PIPELINE);
    assertThat(changed()).as("it failed in between").contains("clean");
    assertThat(changed()).isEmpty();
  }

  @Test
  @Tag("suite")
  void aSelectionKeepsItsMeaning() throws IOException {
    run("--select", "kinds");
    assertThat(changed()).containsExactly("orders", "clean", "large", "numbers");
    Files.delete(folder.resolve("out/numbers/_SUCCESS"));
    assertThat(changed("--select", "kinds")).isEmpty();
    assertThat(record().tables())
        .extracting(TableRecord::name)
        .contains("kinds")
        .doesNotContain("large");
    assertThat(changed()).containsExactly("numbers");
  }

  @Test
  @Tag("suite")
  void outputsOfModeErrorAreLeftWhereTheyAre() throws IOException {
    replace("path: out/numbers, mode: overwrite", "path: out/numbers");
    run();
    assertThat(changed()).isEmpty();
    assertThat(kindling("run").errorOutput()).contains("exists already");
  }
}
