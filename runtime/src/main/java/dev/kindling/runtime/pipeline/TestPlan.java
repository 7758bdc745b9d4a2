package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.ExpectedTable;
import dev.kindling.model.pipeline.GivenTable;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Severity;
import dev.kindling.model.pipeline.SqlSource;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.TestCase;
import dev.kindling.model.pipeline.TestRows;
import dev.kindling.model.pipeline.TestValue;
import dev.kindling.runtime.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Makes a pipeline of a test: the tables that it expects and what they read, with the given rows in
 * the place of what they stand for, and nothing written. Finds everything that is wrong with the
 * test before any of it runs.
 */
final class TestPlan {
  /**
   * A test that can run.
   *
   * @param order the tables in the order in which they run
   * @param expected for each expected table, in the order of the test
   */
  record Ready(List<Node> order, List<Expected> expected) {}

  /**
   * The rows that a table should have.
   *
   * @param node the table
   * @param columns the compared ones; none when no rows are expected
   * @param sql a query for the rows
   * @param reads the names that the query reads
   */
  record Expected(
      ExpectedTable table, Node node, StructType columns, String sql, Set<String> reads) {}

  private final Pipeline pipeline;
  private final Workbench bench;
  private final TableTypes types;
  private final TestCase test;
  private final List<Problem> problems = new ArrayList<>();
  private final RowLiterals literals;

  TestPlan(Pipeline pipeline, Workbench bench, TableTypes types, TestCase test) {
    this.pipeline = pipeline;
    this.bench = bench;
    this.types = types;
    this.test = test;
    this.literals = new RowLiterals(bench.embedded(), problems);
  }

  /** What is wrong so far, warnings too. */
  List<Problem> problems() {
    return problems;
  }

  /** The test, planned; empty, with problems, when it cannot run. */
  Optional<Ready> plan() {
    fixTime();
    Map<String, GivenTable> given = new LinkedHashMap<>();
    test.given().forEach(table -> given.put(Names.key(table.table()), table));
    Set<String> needed = needed(given.keySet());
    List<Table> tables = new ArrayList<>();
    for (Table table : pipeline.tables()) {
      String key = Names.key(table.name());
      if (given.containsKey(key)) {
        tables.addAll(given(table, given.get(key)));
      } else if (needed.contains(key)) {
        tables.add(
            new Table(
                table.name(),
                table.position(),
                table.definition(),
                rulesAboutRows(table),
                Optional.empty(),
                table.tags()));
      }
    }
    warnOfUnused(given, needed);
    for (ExpectedTable table : test.expected()) {
      if (table.rows() instanceof TestRows.InFile file
          && file.format() == TestRows.FileFormat.PARQUET) {
        tables.add(read(Names.expected(table.table()), table.position(), file));
      }
    }
    List<Node> order;
    try {
      order = new Planner(pipeline.withTables(tables), bench, Optional.empty()).plan();
    } catch (InvalidPipelineException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
    List<Expected> expected = new ArrayList<>();
    for (ExpectedTable table : test.expected()) {
      expected(table, order).ifPresent(expected::add);
    }
    boolean sound = problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    return sound ? Optional.of(new Ready(order, expected)) : Optional.empty();
  }

  // Those about a whole table, such as a number of rows, say nothing of the few rows of a test.
  private static List<Expectation> rulesAboutRows(Table table) {
    return table.expectations().stream()
        .filter(rule -> !(rule instanceof Expectation.Query))
        .toList();
  }

  private void fixTime() {
    Optional<String> at = test.at().map(TestCase.At::text);
    try {
      bench.fixTime(at);
    } catch (SqlException e) {
      bench.fixTime(Optional.empty());
      problem(
          test.at().orElseThrow().position(),
          "'at' of test '%s' is no time, found '%s' (accepted: such as 2026-01-31 or 2026-01-31"
                  .formatted(test.name(), at.orElseThrow())
              + " 12:00:00, perhaps with a zone)");
    }
  }

  private Set<String> needed(Set<String> given) {
    Set<String> needed = new LinkedHashSet<>();
    for (ExpectedTable table : test.expected()) {
      collect(Names.key(table.table()), given, needed);
    }
    return needed;
  }

  private void collect(String name, Set<String> given, Set<String> needed) {
    if (needed.add(name) && !given.contains(name)) {
      types.reads(pipeline.table(name).orElseThrow()).forEach(read -> collect(read, given, needed));
    }
  }

  private void warnOfUnused(Map<String, GivenTable> given, Set<String> needed) {
    given.forEach(
        (name, table) -> {
          if (!needed.contains(name)) {
            problems.add(
                new Problem(
                    Severity.WARNING,
                    ErrorCode.PIPELINE_VALUE,
                    table.position(),
                    "Table '%s' is given in test '%s', and no expected table reads it"
                        .formatted(table.table(), test.name())));
          }
        });
  }

  // Given rows

  private List<Table> given(Table table, GivenTable given) {
    Optional<StructType> type = type(table, given);
    if (given.rows() instanceof TestRows.InFile file
        && file.format() == TestRows.FileFormat.PARQUET) {
      return givenParquet(table, given, file, type);
    }
    String sql = "SELECT 1 WHERE false";
    if (type.isPresent()) {
      List<TestValue.Entries> rows = rows(given.rows());
      literals.named(rows, type.get(), table.name());
      sql = literals.query(rows, type.get());
    }
    return List.of(query(table.name(), given.position(), sql));
  }

  private Optional<StructType> type(Table table, GivenTable given) {
    try {
      return Optional.of(
          given.schema().isPresent() ? SparkSchemas.ofDdl(given.schema().get()) : types.of(table));
    } catch (SqlException e) {
      unknownColumns(table, given, Engines.withoutPlace(e.getMessage()));
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      unknownColumns(table, given, e.getMessage());
    }
    return Optional.empty();
  }

  private void unknownColumns(Table table, GivenTable given, String why) {
    problem(
        given.position(),
        given.schema().isPresent()
            ? "Table '%s' in 'given' of test '%s': %s".formatted(table.name(), test.name(), why)
            : ("The columns of table '%s' are not known: %s%nSay them in the test: { schema: \"id"
                    + " BIGINT, name STRING\", rows: […] }")
                .formatted(table.name(), why));
  }

  private List<Table> givenParquet(
      Table table, GivenTable given, TestRows.InFile file, Optional<StructType> type) {
    Table source = read(Names.given(table.name()), given.position(), file);
    StructType inFile;
    try {
      inFile = types.ofRead(source.name(), (Read) source.definition());
    } catch (KindlingException e) {
      problem(
          file.position(),
          e.getMessage().replace("'" + source.name() + "'", "'" + table.name() + "'"));
      String nothing =
          type.map(known -> literals.query(List.of(), known)).orElse("SELECT 1 WHERE false");
      return List.of(query(table.name(), given.position(), nothing));
    }
    StructType wanted = type.orElse(inFile);
    checkTypes(inFile, wanted, table.name(), file);
    List<String> columns = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      columns.add(
          (find(inFile, field.name()).isPresent()
                  ? Names.quote(field.name())
                  : RowLiterals.nothing(field.dataType()))
              + " AS "
              + Names.quote(field.name()));
    }
    return List.of(
        source,
        query(
            table.name(),
            given.position(),
            "SELECT " + String.join(", ", columns) + " FROM " + Names.quote(source.name())));
  }

  private static Optional<StructField> find(StructType type, String name) {
    for (StructField field : type.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  private void checkTypes(StructType inFile, StructType wanted, String table, TestRows.InFile at) {
    for (StructField field : inFile.fields()) {
      Optional<StructField> same = find(wanted, field.name());
      if (same.isEmpty()) {
        List<String> known = List.of(wanted.fieldNames());
        problem(
            at.position(),
            "%s: Table '%s' has no column '%s' (found: %s)%s"
                .formatted(
                    at.path(),
                    table,
                    field.name(),
                    String.join(", ", known),
                    Suggestions.didYouMean(field.name(), known)));
      } else if (!same.get().dataType().sql().equals(field.dataType().sql())) {
        problem(
            at.position(),
            "%s: Column '%s' is %s, and %s in table '%s'"
                .formatted(
                    at.path(),
                    field.name(),
                    field.dataType().sql(),
                    same.get().dataType().sql(),
                    table));
      }
    }
  }

  private List<TestValue.Entries> rows(TestRows rows) {
    if (rows instanceof TestRows.Inline inline) {
      return inline.rows();
    }
    TestRows.InFile file = (TestRows.InFile) rows;
    try {
      Path path = Path.of(pipeline.resolve(file.path()));
      return file.format() == TestRows.FileFormat.CSV ? RowFiles.csv(path) : RowFiles.json(path);
    } catch (KindlingException e) {
      problem(file.position(), e.getMessage());
      return List.of();
    }
  }

  private static Query query(String sql, Position position) {
    return new Query(sql, SqlSource.ofText(position, sql));
  }

  private static Table query(String name, Position position, String sql) {
    return new Table(name, position, query(sql, position), List.of(), Optional.empty(), List.of());
  }

  private static Table read(String name, Position position, TestRows.InFile file) {
    return new Table(
        name,
        position,
        new Read(
            "parquet", file.path(), Optional.empty(), OnBadRecord.FAIL, Map.of(), file.position()),
        List.of(),
        Optional.empty(),
        List.of());
  }

  // Expected rows

  private Optional<Expected> expected(ExpectedTable table, List<Node> order) {
    Node node = node(table.table(), order);
    StructType type = node.schema.orElseThrow();
    if (table.rows() instanceof TestRows.InFile file
        && file.format() == TestRows.FileFormat.PARQUET) {
      String source = Names.expected(table.table());
      StructType inFile = node(source, order).schema.orElseThrow();
      checkTypes(inFile, type, table.table(), file);
      return Optional.of(
          new Expected(
              table,
              node,
              inFile,
              "SELECT " + Names.quoted(List.of(inFile.fieldNames())) + " FROM " + source,
              Set.of(Names.key(source))));
    }
    List<TestValue.Entries> rows = rows(table.rows());
    StructType named = literals.named(rows, type, table.table());
    if (!rows.isEmpty() && named.isEmpty()) {
      problem(
          table.position(),
          "The rows of '%s' in 'expect' of test '%s' name no column of the table (accepted: %s)"
              .formatted(table.table(), test.name(), String.join(", ", type.fieldNames())));
      return Optional.empty();
    }
    return Optional.of(new Expected(table, node, named, literals.query(rows, named), Set.of()));
  }

  private static Node node(String name, List<Node> order) {
    return order.stream()
        .filter(node -> node.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow();
  }

  private void problem(Position position, String message) {
    problems.add(new Problem(Severity.ERROR, ErrorCode.PIPELINE_VALUE, position, message));
  }
}
