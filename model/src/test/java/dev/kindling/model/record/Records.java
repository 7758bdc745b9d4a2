package dev.kindling.model.record;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.pipeline.WriteMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Run records for tests, with every field in use. */
public final class Records {
  private Records() {}

  /** A run of four tables on both engines, with bad records and expectations of all outcomes. */
  public static RunRecord revenue(String runId) {
    return new RunRecord(
        RunRecord.VERSION,
        runId,
        "customer-revenue",
        "examples/revenue/kindling.yaml",
        Instant.parse("2026-01-02T03:04:05.006Z"),
        Instant.parse("2026-01-02T03:04:06.256Z"),
        RunStatus.SUCCEEDED,
        "0.1.0",
        Map.of("spark.sql.session.timeZone", "UTC"),
        Optional.of(
            new TargetRecord(
                "prod",
                "spark://spark1:7077",
                List.of(
                    new SettingRecord("spark.speculation", "true", "one machine may be slow")))),
        List.of(orders(), customers(), clean(), revenueTable()),
        List.of(
            new PublishedOutput("revenue", "/data/out/revenue", WriteMode.OVERWRITE, 5, 48_213)),
        Optional.empty());
  }

  private static Map<String, String> row(String... columnsAndValues) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      row.put(columnsAndValues[i], columnsAndValues[i + 1]);
    }
    return row;
  }

  private static TableRecord orders() {
    return new TableRecord(
        "orders",
        Engine.EMBEDDED,
        TableStatus.SUCCEEDED,
        Materialisation.TEMPORARY,
        List.of("The records that do not fit the schema are put aside, so it is computed once."),
        List.of(),
        List.of(
            new ColumnRecord("order_id", "BIGINT", true),
            new ColumnRecord("customer_id", "BIGINT", true),
            new ColumnRecord("amount", "DECIMAL(12,2)", true),
            new ColumnRecord("day", "DATE", true)),
        Optional.empty(),
        Optional.of("SELECT * FROM read_csv('/data/orders/*.csv', header = true)"),
        OptionalLong.of(99_871),
        OptionalLong.of(5_312_940),
        412,
        Optional.of(new BadRecords(129, Optional.of("/data/.kindling/runs/x/quarantine/orders"))),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static TableRecord customers() {
    return new TableRecord(
        "customers",
        Engine.EMBEDDED,
        TableStatus.SUCCEEDED,
        Materialisation.INLINED,
        List.of("One table reads it, and it has no expectations."),
        List.of(),
        List.of(
            new ColumnRecord("customer_id", "BIGINT", false),
            new ColumnRecord("country", "STRING", true)),
        Optional.empty(),
        Optional.of("SELECT * FROM read_parquet('/data/customers/*.parquet')"),
        OptionalLong.empty(),
        OptionalLong.empty(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static TableRecord clean() {
    return new TableRecord(
        "clean",
        Engine.SPARK,
        TableStatus.SUCCEEDED,
        Materialisation.STAGED,
        List.of("The embedded engine does not run it exactly.", "It crosses engines."),
        List.of(
            new RefusalRecord(
                "FUNCTION_NOT_SUPPORTED",
                Optional.of("kindling.yaml:14:12"),
                "soundex(category): DuckDB has no soundex")),
        List.of(
            new ColumnRecord("order_id", "BIGINT", true),
            new ColumnRecord("amount", "DECIMAL(12,2)", true)),
        Optional.of("SELECT *, soundex(category) AS sound\nFROM orders\nWHERE amount > 0"),
        Optional.empty(),
        OptionalLong.of(97_004),
        OptionalLong.of(3_100_221),
        640,
        Optional.empty(),
        List.of(
            new ExpectationResult(
                "not_null: order_id, customer_id",
                false,
                OnViolation.FAIL,
                ExpectationStatus.PASSED,
                0,
                List.of(),
                Optional.empty()),
            new ExpectationResult(
                "check: amount < 1000000",
                false,
                OnViolation.QUARANTINE,
                ExpectationStatus.WARNED,
                3,
                List.of(
                    row("order_id", "17", "amount", "1000000.00"),
                    row("order_id", "23", "amount", "7400000.50")),
                Optional.of("/data/.kindling/runs/x/quarantine/clean"))),
        List.of("orders"),
        Optional.empty(),
        List.of(
            new StageRecord(
                3,
                0,
                "save at StagedFiles.java:53",
                12,
                1,
                4_100,
                900,
                3_600,
                97_107,
                5_000_000,
                0,
                2_400_000,
                0,
                8_000,
                120),
            new StageRecord(
                4,
                1,
                "save at StagedFiles.java:53",
                4,
                0,
                800,
                700,
                750,
                0,
                0,
                2_400_000,
                0,
                64_000_000,
                2_900,
                0)));
  }

  private static TableRecord revenueTable() {
    return new TableRecord(
        "revenue",
        Engine.EMBEDDED,
        TableStatus.SUCCEEDED,
        Materialisation.STAGED,
        List.of("It is written."),
        List.of(),
        List.of(
            new ColumnRecord("country", "STRING", true),
            new ColumnRecord("revenue", "DECIMAL(22,2)", true),
            new ColumnRecord("orders", "BIGINT", false)),
        Optional.of(
            "SELECT c.country, sum(o.amount) AS revenue, count(*) AS orders\n"
                + "FROM clean o JOIN customers c USING (customer_id) GROUP BY ALL"),
        Optional.of("SELECT c.country, sum(o.amount), count(*) FROM clean o JOIN customers c"),
        OptionalLong.of(212),
        OptionalLong.of(48_213),
        38,
        Optional.empty(),
        List.of(
            new ExpectationResult(
                "unique: country",
                false,
                OnViolation.WARN,
                ExpectationStatus.PASSED,
                0,
                List.of(),
                Optional.empty())),
        List.of("clean", "customers"),
        Optional.of("/data/out/revenue"),
        List.of(),
        new Observed(
            Map.of("country", 2L),
            List.of(row("country", "NL", "revenue", "120.50", "orders", "3")),
            Optional.of("HASH_GROUP_BY\n  HASH_JOIN"),
            List.of(
                new UnusualFigure(Figure.of(Figure.Kind.ROWS), 212, 900.5, 1100, 9),
                new UnusualFigure(
                    new Figure(Figure.Kind.NULL_SHARE, "country"), 0.01, 0, 0.005, 9))),
        Optional.of(
            new Provenance(
                "20260102-030405-006-abcd",
                Map.of("sql", "1f", "table clean", "2e"),
                Optional.of("3d"),
                Optional.empty())));
  }
}
