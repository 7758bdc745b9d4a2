package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.cli.Cli.Result;
import dev.kindling.cluster.page.PageToken;
import dev.kindling.model.history.Band;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.model.record.TargetRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands print with {@code --output json} is what the schemas in docs/reference/schemas say:
 * {@link Cli} holds every such output of every test against them, and the tests here use every
 * property.
 */
class OutputSchemasTest {
  private static final String PIPELINE =
      """
      pipeline: shop
      conf: { spark.sql.session.timeZone: UTC }
      params: { rows: 40 }
      tables:
        events:
          read:
            format: csv
            path: data/events.csv
            header: true
            schema: "id INT, name STRING"
            on_bad_record: quarantine
        small:
          sql: SELECT id, name, nullif(id, 2) AS odd FROM events WHERE id <= :rows
          expect:
            - { not_null: [name], on_violation: quarantine }
            - { row_count: { min: 1 } }
          write: { format: parquet, path: out/small, mode: overwrite }
        random:
          sql: SELECT id, rand(7) AS r FROM small
          write: { format: parquet, path: out/random, mode: overwrite }
        constant:
          sql: SELECT 1 AS one
          write: { format: parquet, path: out/constant, mode: overwrite }
      targets:
        prod: { master: "spark://127.0.0.1:1" }
      """;

  @TempDir Path folder;

  private final OutputSchemas schemas = new OutputSchemas();
  private Map<String, String> environment = Map.of();

  /** Runs a command that prints JSON, whatever its exit code. */
  private Result json(String... words) {
    List<String> args = new ArrayList<>(List.of(words));
    args.addAll(List.of("--output", "json"));
    Result result = Cli.launch(environment, args.toArray(String[]::new));
    assertThat(result.output())
        .as(String.join(" ", args) + "\n" + result.errorOutput())
        .isNotEmpty();
    schemas.check(args, result.output());
    return result;
  }

  private void everyPropertyIsUsed(String... names) {
    for (String name : names) {
      assertThat(schemas.get(name).unseen()).as("unused properties of %s", name).isEmpty();
    }
  }

  @Test
  void everyCommandThatPrintsJsonHasASchemaAndEverySchemaACommand() throws IOException {
    Set<String> needed = new TreeSet<>();
    for (CommandPage page : OutputSchemas.commands()) {
      assertThat(page.manual().schema()).as("the schema of '%s'", page.words()).isPresent();
      needed.add(page.manual().schema().get());
    }
    try (Stream<Path> files = Files.list(OutputSchema.FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".schema.json", "")))
          .containsExactlyInAnyOrderElementsOf(needed);
    }
    assertThat(CommandPage.all().stream().flatMap(CommandPage::withParts))
        .filteredOn(page -> page.manual().schema().isPresent())
        .containsExactlyInAnyOrderElementsOf(OutputSchemas.commands());
    assertThat(needed).contains("check", "run", "sql", "cluster-status");
  }

  @Test
  void everySchemaIsClosedVersionedAndExplainsEveryProperty() {
    for (CommandPage page : OutputSchemas.commands()) {
      String name = page.manual().schema().orElseThrow();
      JsonNode root = schemas.get(name).root();
      assertThat(root.path("$schema").asText()).endsWith("draft/2020-12/schema");
      assertThat(root.path("$id").asText()).isEqualTo("urn:kindling:output:" + name + ":1");
      assertThat(root.path("title").asText()).contains("--output json");
      assertThat(root.at("/properties/version/const").asInt()).isEqualTo(1);
      for (JsonNode object : root.findParents("properties")) {
        assertThat(object.has("additionalProperties") || object.has("oneOf"))
            .as("%s is closed: %s", name, object)
            .isTrue();
      }
      schemas
          .get(name)
          .properties()
          .forEach(
              (path, rule) ->
                  assertThat(rule.has("$ref") || rule.path("description").asText().endsWith("."))
                      .as("%s%s has a description", name, path)
                      .isTrue());
    }
  }

  @Test
  void sizesAndCosts() throws IOException {
    Path run = Files.createDirectories(folder.resolve(".kindling/runs/20260101-000000-000-abcd"));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"version": 1, "runId": "20260101-000000-000-abcd", "pipeline": "p", "file": "kindling.yaml",
         "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:00:02Z",
         "status": "SUCCEEDED", "kindlingVersion": "1", "conf": {}, "published": [],
         "tables": [{"name": "a", "engine": "EMBEDDED", "status": "SUCCEEDED",
           "materialisation": "INLINED", "reasons": [], "refusals": [], "expectations": [],
           "columns": [{"name": "x", "type": "BIGINT", "nullable": true}], "rows": 1000000000,
           "millis": 5, "reads": []}]}
        """);
    String pipeline = folder.toString();
    Data.text(
        folder.resolve("kindling.yaml"),
        "pipeline: p\ntargets: { prod: { master: \"spark://h:7077\" } }\n");
    json(machines());
    json(machines("--from", "latest", "-p", pipeline, "--workload", "ml"));
    json("size", "--data", "10GB");
    json("size", "--data", "1TB", "--from", "latest", "-p", pipeline);
    json("size", "--executor-memory", "10g");
    json(machines("--apply", "prod", "-p", pipeline));
    String prices = "../examples/cost/prices.yaml";
    json("cost", "--prices", prices, "machine=general-16,nodes=2");
    json(
        "cost",
        "--prices",
        prices,
        "machine=general-16,nodes=9",
        "machine=general-16,nodes=9,spot=0.5");

    everyPropertyIsUsed("size", "cost");
  }

  private static String[] machines(String... more) {
    List<String> words =
        new ArrayList<>(List.of("size", "--nodes", "10", "--cores", "16", "--memory", "64g"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void diagnoses() throws IOException {
    json("doctor", "../examples/doctor/hot-key.zstd");
    Path cut =
        Data.text(
            folder.resolve("cut"),
            """
            {"Event":"SparkListenerExecutorAdded","Timestamp":2000,"Executor ID":"1","Executor Info":{"Host":"h","Total Cores":2}}
            {"Event":"SparkListenerExecutorRemoved","Timestamp":3000,"Executor ID":"1","Removed Reason":"gone"}
            """);
    json("doctor", cut.toString());

    everyPropertyIsUsed("doctor");
  }

  @Test
  void clusters() throws IOException {
    environment = Map.of("KINDLING_STATE", folder.toString());
    Path cluster = Files.createDirectories(folder.resolve("clusters/old"));
    Data.text(
        cluster.resolve("conf/secret.properties"),
        "kindling.page.signingKey=" + PageToken.Keys.generate().signing() + "\n");
    Data.text(cluster.resolve("logs/worker-1.log"), "one\ntwo\n");
    Data.text(
        cluster.resolve("cluster.json"),
        """
        {"version": 1, "createdAt": "2026-01-01T00:00:00Z", "host": "127.0.0.1",
         "masterUrl": "spark://127.0.0.1:7077", "secure": true, "processes": [
          {"name": "master", "role": "master", "pid": 1, "startedAt": "2000-01-01T00:00:00Z",
           "host": "127.0.0.1", "port": 7077, "webPort": 8080, "restPort": 6066},
          {"name": "worker-1", "role": "worker", "pid": 1, "startedAt": "2000-01-01T00:00:00Z",
           "host": "127.0.0.2", "port": 7078, "cores": 2, "memoryBytes": 2147483648},
          {"name": "history", "role": "history", "pid": 1, "startedAt": "2000-01-01T00:00:00Z",
           "host": "127.0.0.1", "port": 7079, "webPort": 18080}]}
        """);

    assertThat(json("cluster", "status", "--name", "old").exitCode()).isEqualTo(5);
    json("cluster", "token", "--name", "old");
    json("cluster", "logs", "--name", "old");
    json("cluster", "down", "--name", "old");
    json("cluster", "files", "compose");

    everyPropertyIsUsed(
        "cluster-status", "cluster-token", "cluster-logs", "cluster-down", "cluster-files");
  }

  @Test
  @Tag("suite")
  void pipelines() throws IOException {
    StringBuilder events = new StringBuilder("id,name\nno number,a\n1,\n");
    for (int i = 2; i <= 40; i++) {
      events.append(i).append(",name\n");
    }
    Data.text(folder.resolve("data/events.csv"), events.toString());
    Data.text(folder.resolve("kindling.yaml"), PIPELINE);
    String pipeline = folder.toString();

    json("history", pipeline);
    assertThat(json("run", pipeline).exitCode()).isZero();
    RunRecordStore store = new RunRecordStore(folder);
    repeat(store, store.latest().orElseThrow());
    assertThat(json("run", pipeline, "--set", "rows=2").errorOutput()).contains("lead to expect");
    json("run", pipeline, "--changed");
    json("history", pipeline);
    withTarget(store, store.latest().orElseThrow());
    json("plan", pipeline, "--phases");
    json("plan", pipeline, "--changed");
    json("plan", pipeline, "--target", "prod");
    assertThat(json("check", pipeline).exitCode()).isZero();
    assertThat(json("run", pipeline, "--set", "rows=0").exitCode()).isEqualTo(3);

    Data.text(folder.resolve("kindling.yaml"), PIPELINE + "tabels: {}\n");
    assertThat(json("check", pipeline).exitCode()).isEqualTo(2);
    everyPropertyIsUsed("check", "plan", "run", "history");
  }

  /** Writes a run again as earlier ones, so that there are enough for a band. */
  private static void repeat(RunRecordStore store, RunRecord run) {
    for (int i = 0; i < Band.FEWEST_RUNS; i++) {
      store.write(
          new RunRecord(
              run.version(),
              "20000101-00000%d-000-abcd".formatted(i),
              run.pipeline(),
              run.file(),
              run.startedAt(),
              run.finishedAt(),
              run.status(),
              run.kindlingVersion(),
              run.conf(),
              run.target(),
              run.tables(),
              run.published(),
              run.error()));
    }
  }

  /** The record that a run on a cluster writes; the tests of clusters make real ones. */
  private void withTarget(RunRecordStore store, RunRecord run) throws IOException {
    TargetRecord target =
        new TargetRecord(
            "prod", "spark://h:7077", List.of(new SettingRecord("spark.speculation", "true", "w")));
    Path file =
        store.write(
            new RunRecord(
                run.version(),
                run.runId(),
                run.pipeline(),
                run.file(),
                run.startedAt(),
                run.finishedAt(),
                run.status(),
                run.kindlingVersion(),
                run.conf(),
                Optional.of(target),
                run.tables(),
                run.published(),
                run.error()));
    schemas.get("run").check(Files.readString(file));
  }

  @Test
  @Tag("suite")
  void testsOfAPipeline() throws IOException {
    Data.text(
        folder.resolve("kindling.yaml"),
        """
        pipeline: shop
        tables:
          orders: { read: { format: csv, path: data/orders.csv, header: true, schema: "id INT, n INT" } }
          halves: { sql: "SELECT id, 10 / n AS half FROM orders" }
        tests:
          - name: passes
            given: { orders: [ { id: 1, n: 2 } ] }
            expect: { halves: [ { id: 1, half: 5 } ] }
          - name: differs
            given: { orders: [ { id: 1, n: null }, { id: 2, n: 5 } ] }
            expect: { halves: { ordered: true, rows: [ { id: 1, half: 5 }, { id: 3, half: 2 }, { id: 4, half: 2 } ] } }
          - name: finds more
            given: { orders: [ { id: 1, n: 1 } ] }
            expect: { halves: { exact_columns: true, rows: [] } }
          - name: leaves a column out
            given: { orders: [ { id: 1, n: 1 } ] }
            expect: { halves: { exact_columns: true, rows: [ { id: 1 } ] } }
          - name: cannot divide
            given: { orders: [ { id: 1, n: 0 } ] }
            expect: { halves: [] }
          - name: names what is not there
            given: { orders: [ { ix: 1 } ] }
            expect: { halves: [] }
        """);
    assertThat(json("test", folder.toString()).exitCode()).isEqualTo(2);
    assertThat(json("test", folder.toString(), "--select", "passes").exitCode()).isZero();

    everyPropertyIsUsed("test");
  }

  @Test
  @Tag("suite")
  void statementsAndFiles() throws IOException, SQLException {
    Path file =
        Data.parquet(
            folder.resolve("t.parquet"),
            "SELECT i % 4 AS k, [i] AS list, 'x' || i AS x, NULL::VARCHAR AS nothing FROM range(9) t(i)");
    json("profile", file.toString());
    Data.text(folder.resolve("flat.csv"), "id,d\n1,1.5\n2,2.5\n2,2.5\n");
    json("profile", folder.resolve("flat.csv").toString());
    json(
        "sql",
        "-e",
        "SELECT NULL AS n, 1 AS n, true, double('NaN'), 'a'; SET a=b; SELECT 1 WHERE false");
    json("sql", "--max-rows", "1", "-e", "SELECT id FROM range(3)");
    json("compare", "-e", "SELECT 1; SELECT rand()");

    everyPropertyIsUsed("profile", "sql", "compare");
  }
}
