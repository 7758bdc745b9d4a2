package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.ExpectedTable;
import dev.kindling.model.pipeline.GivenTable;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.TestCase;
import dev.kindling.model.pipeline.TestRows;
import dev.kindling.model.pipeline.TestValue;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a test of a table from real rows: the first ones of each source that it comes from, and
 * what the pipeline makes of these.
 */
final class TestDraft {
  private static final Pattern NOW =
      Pattern.compile(
          "\\b(current_date|curdate|current_timestamp|localtimestamp|now|unix_timestamp)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final String JSON =
      "to_json(struct(%s), map('ignoreNullFields', 'false', 'timestampFormat',"
          + " 'yyyy-MM-dd HH:mm:ss.SSSSSSXXX', 'timestampNTZFormat', 'yyyy-MM-dd HH:mm:ss.SSSSSS'))";

  private final Pipeline pipeline;
  private final Workbench bench;
  private final TableTypes types;
  private final Consumer<String> talk;

  TestDraft(Pipeline pipeline, Workbench bench, TableTypes types, Consumer<String> talk) {
    this.pipeline = pipeline;
    this.bench = bench;
    this.types = types;
    this.talk = talk;
  }

  /** The sources that a table comes from, in file order, and whether something asks the clock. */
  private record Origins(List<Table> sources, Set<String> tables, boolean now) {}

  private Origins origins(Table table) {
    Set<String> seen = new LinkedHashSet<>();
    collect(table, seen);
    List<Table> sources = new ArrayList<>();
    boolean now = false;
    for (Table candidate : pipeline.tables()) {
      if (seen.contains(Names.key(candidate.name()))) {
        if (candidate.definition() instanceof Read) {
          sources.add(candidate);
        }
        now |= candidate.definition() instanceof Query query && NOW.matcher(query.sql()).find();
      }
    }
    return new Origins(sources, seen, now);
  }

  private void collect(Table table, Set<String> seen) {
    if (seen.add(Names.key(table.name()))) {
      types.needs(table).forEach(other -> collect(pipeline.table(other).orElseThrow(), seen));
    }
  }

  /** The sources with their rows, as a test that expects nothing yet. */
  TestCase given(Table table, long rows) {
    if (table.definition() instanceof Read) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Table '%s' is read, not computed: there is nothing to test. Name a table with sql or java."
              .formatted(table.name()));
    }
    Origins origins = origins(table);
    List<Table> sources =
        origins.sources().stream()
            .map(
                source ->
                    new Table(
                        source.name(),
                        source.position(),
                        source.definition(),
                        List.of(),
                        Optional.empty(),
                        source.tags()))
            .toList();
    new Planner(pipeline.withTables(sources), bench, Optional.empty()).plan();
    List<GivenTable> given = new ArrayList<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Table source : sources) {
      StructType type = writable(types.of(source), source.name());
      List<TestValue.Entries> sample = rows(source.name(), type, rows);
      counts.put(source.name(), (long) sample.size());
      given.add(
          new GivenTable(
              source.name(), table.position(), Optional.empty(), new TestRows.Inline(sample)));
    }
    Optional<TestCase.At> at =
        origins.now()
            ? Optional.of(
                new TestCase.At(
                    DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                        .format(
                            LocalDateTime.now(
                                ZoneId.of(
                                    bench.embedded().conf().get("spark.sql.session.timeZone")))),
                    table.position()))
            : Optional.empty();
    return new TestCase(
        "%s of %s".formatted(table.name(), described(counts)),
        table.position(),
        at,
        given,
        List.of(
            new ExpectedTable(
                table.name(), table.position(), new TestRows.Inline(List.of()), false, false)));
  }

  private static String described(Map<String, Long> counts) {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (name, count) -> parts.add(count + (count == 1 ? " row of " : " rows of ") + name));
    return parts.isEmpty() ? "nothing" : String.join(" and ", parts);
  }

  /** The rows of a computed table, and the test written with them. */
  String write(TestCase test, StructType all) {
    String table = test.expected().get(0).table();
    StructType type = writable(all, table);
    StringBuilder yaml = new StringBuilder();
    yaml.append(pipeline.tests().isEmpty() ? "tests:\n" : "");
    yaml.append("  - name: ").append(test.name()).append('\n');
    test.at().ifPresent(at -> yaml.append("    at: ").append(at.text()).append('\n'));
    if (!test.given().isEmpty()) {
      yaml.append("    given:\n");
    }
    for (GivenTable given : test.given()) {
      StructType columns = types.of(pipeline.table(given.table()).orElseThrow());
      rows(yaml, given.table(), ((TestRows.Inline) given.rows()).rows(), columns);
    }
    yaml.append("    expect:\n");
    List<TestValue.Entries> expected = rows(table, type, Integer.MAX_VALUE);
    rows(yaml, table, expected, type);
    if (expected.isEmpty()) {
      talk.accept(
          "No row of '%s' comes from these rows. Take more with --rows, or write some that fit."
              .formatted(table));
    }
    return yaml.toString();
  }

  private static void rows(
      StringBuilder yaml, String table, List<TestValue.Entries> rows, StructType type) {
    yaml.append("      ").append(table).append(rows.isEmpty() ? ": []\n" : ":\n");
    // Sorted, so that the same rows give the same test: their order says nothing.
    rows.stream()
        .map(row -> TestWriter.row(row, type))
        .sorted()
        .forEach(row -> yaml.append("        - ").append(row).append('\n'));
  }

  private StructType writable(StructType type, String table) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : type.fields()) {
      boolean hidden = field.dataType().sql().matches("(?s).*\\b(BINARY|VARIANT)\\b.*");
      if (hidden) {
        talk.accept(
            "Column '%s' of '%s' is %s, which cannot be written as text; it is left out."
                .formatted(field.name(), table, field.dataType().sql()));
      } else {
        fields.add(field);
      }
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private List<TestValue.Entries> rows(String table, StructType type, long limit) {
    if (type.isEmpty()) {
      return List.of();
    }
    String sql =
        "SELECT "
            + JSON.formatted(Names.quoted(List.of(type.fieldNames())))
            + " FROM "
            + Names.quote(table)
            + (limit == Integer.MAX_VALUE ? "" : " LIMIT " + limit);
    List<TestValue.Entries> rows = new ArrayList<>();
    for (List<Optional<String>> row :
        bench.rows(sql, Set.of(Names.key(table)), Integer.MAX_VALUE)) {
      rows.addAll(RowFiles.json(pipeline.file(), row.get(0).orElseThrow()));
    }
    return rows;
  }
}
