package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import dev.kindling.model.history.Band;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.TableRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {
  private static final String PIPELINE =
      """
      pipeline: shop
      params: { rows: 1000 }
      runs: { keep: 9, sample_rows: 2 }
      tables:
        orders:
          sql: SELECT id, CASE WHEN id % 10 = 0 THEN NULL ELSE id END AS customer FROM range(1000) WHERE id < :rows
          expect:
            - not_null: [customer]
              on_violation: warn
          write: { format: parquet, path: out/orders, mode: overwrite }
      """;

  @TempDir Path folder;

  private Result kindling(String command, String... more) throws IOException {
    Data.text(folder.resolve("kindling.yaml"), PIPELINE);
    String[] args = new String[more.length + 2];
    args[0] = command;
    args[1] = folder.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.launch(args);
  }

  private TableRecord orders() {
    return new RunRecordStore(folder).latest().orElseThrow().tables().get(0);
  }

  @Test
  void aRunKeepsSomeRowsTheNullsAndThePlan() throws IOException {
    Result run = kindling("run");

    assertThat(run.exitCode()).as(run.errorOutput()).isZero();
    assertThat(orders().observed().nulls()).isEqualTo(Map.of("id", 0L, "customer", 100L));
    assertThat(orders().observed().sampleRows())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).containsOnlyKeys("id", "customer"));
    assertThat(orders().observed().enginePlan().orElseThrow()).contains("RANGE");
    Result history = kindling("history");
    assertThat(history.output())
        .contains("succeeded", "orders", "1,000", "100 rows")
        .doesNotContain("warning");
    assertThat(kindling("history", "--table", "ordrs").errorOutput())
        .contains("have a table 'ordrs' (accepted: orders). Did you mean 'orders'?");
  }

  @Test
  void aPipelineThatHasNotRunHasNoHistory() throws IOException {
    assertThat(kindling("history").output()).isEqualTo("The pipeline 'shop' has not run yet.\n");
  }

  @Test
  @Tag("suite")
  void figuresThatLeaveTheirBandAreTold() throws IOException {
    for (int i = 0; i < Band.FEWEST_RUNS + 3; i++) {
      Result run = kindling("run");
      assertThat(run.exitCode()).as(run.errorOutput()).isZero();
      assertThat(run.errorOutput()).doesNotContain("warning: table 'orders': 1,000");
    }
    Result run = kindling("run", "--set", "rows=11");

    String found = "11 rows, where the last 9 runs lead to expect 900 to 1,100";
    assertThat(run.exitCode()).isZero();
    assertThat(run.errorOutput())
        .contains("warning: table 'orders': " + found)
        .contains("warning: table 'orders': 18.2 % of column 'customer' is NULL, where");
    assertThat(run.output()).contains("unusual:\n  orders: " + found);
    RunRecordStore store = new RunRecordStore(folder);
    assertThat(store.runIds()).as("the runs that are kept").hasSize(9);
    RunRecord newest = store.latest().orElseThrow();
    assertThat(store.directory(newest.runId()).resolve("report.html")).content().contains(found);

    assertThat(kindling("history", "--table", "orders").output())
        .contains("unusual:\n  " + newest.runId() + ": " + found);
    JsonNode json =
        new ObjectMapper()
            .readTree(kindling("history", "--runs", "2", "--output", "json").output());
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("runs")).hasSize(2);
    JsonNode table = json.get("runs").get(0).get("tables").get(0);
    assertThat(table.get("figures").findValuesAsText("figure"))
        .isEqualTo(List.of("rows", "null_share", "null_share", "violations", "time"));
    assertThat(table.get("unusual").get(0).get("value").asInt()).isEqualTo(11);
  }
}
