package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.ExplainMode;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.record.Observed;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at the rows of a computed table for the report and the history: some of them, the NULLs,
 * and how DuckDB ran the query. It only looks where that is cheap, at rows that this machine has in
 * a table or in Parquet files. What it cannot see is left out; it never makes a run fail.
 */
final class Observer {
  // Long enough to know a value by, short enough for 200 tables on one page.
  private static final int LONGEST_VALUE = 120;
  private static final int MOST_COLUMNS = 40;
  private static final int LONGEST_PLAN = 8_000;
  // Values that are looked at for NULL: a tenth of a second.
  private static final long MOST_COUNTED = 50_000_000;

  private final Node node;
  private final Workbench bench;
  private Map<String, Long> nulls = Map.of();
  private List<Map<String, String>> sampleRows = List.of();
  private Optional<String> enginePlan = Optional.empty();

  Observer(Node node, Workbench bench) {
    this.node = node;
    this.bench = bench;
  }

  /** How DuckDB runs a query, while its inputs are what they were for the run. */
  void planned(PreparedQuery query) {
    enginePlan =
        attempt(() -> bench.embedded().explain(query, ExplainMode.DUCKDB))
            .map(plan -> plan.length() > LONGEST_PLAN ? plan.substring(0, LONGEST_PLAN) : plan);
  }

  /** DuckDB did not run the query after all. */
  void leftToSpark() {
    enginePlan = Optional.empty();
  }

  /** The rows are in files of Parquet. */
  void inFiles(Path folder) {
    if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
      return;
    }
    attempt(() -> bench.embedded().nullCounts(folder)).ifPresent(counts -> nulls = counts);
    if (bench.sampleRows() == 0) {
      return;
    }
    String name = Names.sampled(node.name());
    attempt(
        () -> {
          if (bench.embedded().register(name, new Source.Parquet(folder))
              instanceof Registration.Native) {
            sample(name);
          }
          return bench.embedded().drop(name);
        });
  }

  /** So many rows are in a table of the embedded engine. */
  void inTable(String name, long rows) {
    sampleHere(name);
    List<String> columns = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (StructField field : node.schema.map(StructType::fields).orElse(new StructField[0])) {
      if (field.dataType() instanceof AtomicType && columns.size() < MOST_COLUMNS) {
        columns.add(field.name());
        counts.add("count(" + Names.quote(field.name()) + ")");
      }
    }
    if (columns.isEmpty() || rows * columns.size() > MOST_COUNTED) {
      return;
    }
    String sql = "SELECT " + String.join(", ", counts) + " FROM " + Names.quote(name);
    attempt(() -> bench.natively(node.name(), () -> bench.numbersHere(sql)))
        .flatMap(Function.identity())
        .ifPresent(
            known -> {
              Map<String, Long> found = new LinkedHashMap<>();
              for (int i = 0; i < columns.size(); i++) {
                found.put(columns.get(i), rows - known.get(i));
              }
              nulls = found;
            });
  }

  /** Rows that the embedded engine has under a name, or reads in an instant. */
  void sampleHere(String name) {
    if (bench.sampleRows() > 0) {
      attempt(
          () -> {
            sample(name);
            return true;
          });
    }
  }

  private void sample(String name) {
    List<Map<String, String>> rows = new ArrayList<>();
    PreparedQuery all =
        bench
            .embedded()
            .prepare(
                "SELECT * FROM " + Names.quote(name) + " LIMIT " + bench.sampleRows(), Map.of());
    if (!all.translated()) {
      return;
    }
    String[] columns = all.schema().fieldNames();
    for (List<Optional<String>> row :
        bench.natively(node.name(), () -> bench.rowsHere(all, bench.sampleRows()))) {
      Map<String, String> cells = new LinkedHashMap<>();
      for (int c = 0; c < Math.min(columns.length, MOST_COLUMNS); c++) {
        cells.put(columns[c], row.get(c).map(Observer::shortened).orElse("NULL"));
      }
      rows.add(cells);
    }
    sampleRows = rows;
  }

  private static String shortened(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE - 1)) + "…";
  }

  /** What was seen so far. */
  Observed seen() {
    return new Observed(nulls, sampleRows, enginePlan, List.of());
  }

  private <T> Optional<T> attempt(Supplier<T> look) {
    if (bench.crashedIn(node.name())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(look.get());
    } catch (EngineFailure | SqlException | UncheckedIOException e) {
      return Optional.empty();
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
