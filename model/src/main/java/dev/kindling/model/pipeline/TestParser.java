package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code tests}. */
final class TestParser {
  static final List<String> KEYS = List.of("name", "at", "given", "expect");
  private static final List<String> ROWS = List.of("rows", "csv", "json", "parquet");
  static final List<String> GIVEN_KEYS = List.of("rows", "csv", "json", "parquet", "schema");
  static final List<String> EXPECT_KEYS =
      List.of("rows", "csv", "json", "parquet", "ordered", "exact_columns");
  private static final Map<String, Boolean> YES_NO = Map.of("true", true, "false", false);

  private final Nodes nodes;
  private final Problems problems;
  private final Substitution substitution;
  private final TestValueParser values;
  // The pipeline's spelling of each table, by name in lower case.
  private final Map<String, String> tables = new HashMap<>();

  /**
   * @param tables the names of all tables of the file
   */
  TestParser(Nodes nodes, Problems problems, Substitution substitution, List<String> tables) {
    this.nodes = nodes;
    this.problems = problems;
    this.substitution = substitution;
    this.values = new TestValueParser(nodes, problems);
    tables.forEach(name -> this.tables.put(name.toLowerCase(Locale.ROOT), name));
  }

  List<TestCase> parse(Node node) {
    Where where = Where.FILE.key("tests");
    Optional<List<Node>> entries =
        nodes.list(node, where, "entries with " + String.join(", ", KEYS));
    List<TestCase> tests = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    int number = 0;
    for (Node entry : entries.orElse(List.of())) {
      Optional<TestCase> test = entry(entry, where.entry(++number));
      if (test.isEmpty()) {
        continue;
      }
      tests.add(test.get());
      Position same = seen.putIfAbsent(test.get().name(), test.get().position());
      if (same != null) {
        problems.error(
            ErrorCode.PIPELINE_DUPLICATE,
            test.get().position(),
            "Test '"
                + Nodes.shown(test.get().name())
                + "' has the name of the test at line "
                + same.line());
      }
    }
    return tests;
  }

  private Optional<TestCase> entry(Node node, Where entry) {
    Optional<Fields> found = nodes.fields(node, entry, String.join(", ", KEYS));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    Optional<String> name = name(fields, node, entry);
    Where where = name.isPresent() ? Where.test(Nodes.shown(name.get())) : entry;
    for (Fields.Field field : fields.all()) {
      if (!KEYS.contains(field.name())) {
        nodes.unknownKey(field, where, KEYS, String.join(", ", KEYS));
      }
    }
    Optional<TestCase.At> at =
        fields.find("at").flatMap(field -> at(field.value(), where.key("at")));
    List<GivenTable> given = given(fields, where);
    List<ExpectedTable> expected = expected(fields, node, where);
    checkOverlap(given, expected, where);
    return name.map(text -> new TestCase(text, nodes.start(node), at, given, expected));
  }

  private Optional<String> name(Fields fields, Node node, Where entry) {
    if (fields.has("name")) {
      Optional<String> name =
          nodes.text(fields.find("name").orElseThrow().value(), entry.key("name"), "one line");
      if (name.isPresent() && name.get().chars().anyMatch(Character::isISOControl)) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(fields.find("name").orElseThrow().value()),
            entry.key("name") + " has more than one line, or a control character");
      }
      return name;
    }
    missing("name", fields, node, entry, "what the test shows, in a few words");
    return Optional.empty();
  }

  private Optional<TestCase.At> at(Node node, Where where) {
    String accepted = "a date or a time, such as 2026-01-31 or 2026-01-31 12:00:00";
    Optional<String> text = nodes.text(node, where, accepted);
    if (text.isPresent() && !SqlLiterals.isDate(text.get().substring(0, dateEnd(text.get())))) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(node),
          where
              + " is no time, found '"
              + Nodes.shown(text.get())
              + "' (accepted: "
              + accepted
              + ")");
      return Optional.empty();
    }
    return text.map(found -> new TestCase.At(found, nodes.start(node)));
  }

  private static int dateEnd(String text) {
    return Math.min(text.length(), "2026-01-31".length());
  }

  private List<GivenTable> given(Fields fields, Where test) {
    List<GivenTable> given = new ArrayList<>();
    Where where = test.key("given");
    for (Fields.Field field : entries(fields, "given", where)) {
      Where at = where.key(Nodes.shown(field.name()));
      Optional<String> table = table(field, where);
      Optional<Fields> form = form(field, at, GIVEN_KEYS);
      Optional<String> schema =
          form.flatMap(known -> known.find("schema"))
              .flatMap(
                  ddl ->
                      nodes.text(
                          ddl.value(),
                          at.key("schema"),
                          "Spark DDL, such as \"id BIGINT, name STRING\""));
      Optional<TestRows> rows = rows(field, form, at);
      if (table.isPresent() && rows.isPresent()) {
        given.add(new GivenTable(table.get(), nodes.start(field.key()), schema, rows.get()));
      }
    }
    return given;
  }

  private List<ExpectedTable> expected(Fields fields, Node node, Where test) {
    List<ExpectedTable> expected = new ArrayList<>();
    Where where = test.key("expect");
    if (!fields.has("expect")) {
      missing("expect", fields, node, test, "tables and the rows that they should have");
    }
    for (Fields.Field field : entries(fields, "expect", where)) {
      Where at = where.key(Nodes.shown(field.name()));
      Optional<String> table = table(field, where);
      Optional<Fields> form = form(field, at, EXPECT_KEYS);
      boolean ordered = yes(form, "ordered", at);
      boolean exactColumns = yes(form, "exact_columns", at);
      Optional<TestRows> rows = rows(field, form, at);
      rows.ifPresent(found -> checkSameColumns(found, at));
      if (table.isPresent() && rows.isPresent()) {
        expected.add(
            new ExpectedTable(
                table.get(), nodes.start(field.key()), rows.get(), ordered, exactColumns));
      }
    }
    return expected;
  }

  private List<Fields.Field> entries(Fields fields, String key, Where where) {
    Optional<Fields.Field> field = fields.find(key);
    if (field.isEmpty()) {
      return List.of();
    }
    String accepted = "tables and their rows";
    List<Fields.Field> entries =
        nodes.fields(field.get().value(), where, accepted).map(Fields::all).orElse(List.of());
    if (field.get().value() instanceof MappingNode mapping && mapping.getValue().isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.get().value()),
          where + " is empty (accepted: " + accepted + ")");
    }
    return entries;
  }

  private Optional<String> table(Fields.Field field, Where where) {
    Optional<String> table = Optional.ofNullable(tables.get(field.name().toLowerCase(Locale.ROOT)));
    if (table.isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.key()),
          "Unknown table '"
              + Nodes.shown(field.name())
              + "' in "
              + where
              + " (accepted: "
              + String.join(", ", tables.values().stream().sorted().toList())
              + ")"
              + Suggestions.didYouMean(field.name(), tables.values()));
    }
    return table;
  }

  /** The keys of a table that has more than rows; empty for one that is a list of rows. */
  private Optional<Fields> form(Fields.Field field, Where where, List<String> keys) {
    if (field.value() instanceof SequenceNode) {
      return Optional.empty();
    }
    Optional<Fields> form =
        nodes.fields(field.value(), where, "a list of rows, or " + String.join(", ", keys));
    for (Fields.Field key : form.map(Fields::all).orElse(List.of())) {
      if (!keys.contains(key.name())) {
        nodes.unknownKey(key, where, keys, String.join(", ", keys));
      }
    }
    return form;
  }

  private Optional<TestRows> rows(Fields.Field field, Optional<Fields> form, Where where) {
    if (field.value() instanceof SequenceNode) {
      return Optional.of(new TestRows.Inline(values.rows(field.value(), where)));
    }
    if (form.isEmpty()) {
      return Optional.empty();
    }
    List<Fields.Field> found = form.get().all().stream().filter(TestParser::isRows).toList();
    if (found.size() != 1) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(found.isEmpty() ? field.key() : found.get(1).key()),
          (found.isEmpty() ? "No rows in " : "Rows twice in ")
              + where
              + " (accepted: one of "
              + String.join(", ", ROWS)
              + ")");
      return Optional.empty();
    }
    Fields.Field rows = found.get(0);
    Where at = where.key(rows.name());
    if (rows.name().equals("rows")) {
      return Optional.of(new TestRows.Inline(values.rows(rows.value(), at)));
    }
    TestRows.FileFormat format = TestRows.FileFormat.valueOf(rows.name().toUpperCase(Locale.ROOT));
    Position position = nodes.start(rows.value());
    return nodes
        .text(rows.value(), at, "a file")
        .flatMap(text -> substitution.path(text, at, position))
        .map(path -> new TestRows.InFile(format, path, position));
  }

  private static boolean isRows(Fields.Field field) {
    return ROWS.contains(field.name());
  }

  private boolean yes(Optional<Fields> form, String key, Where where) {
    return form.flatMap(known -> known.find(key))
        .flatMap(field -> nodes.choice(field.value(), where.key(key), YES_NO, "true, false"))
        .orElse(false);
  }

  // A column that a row leaves out would be NULL to one reader and not compared to another.
  private void checkSameColumns(TestRows rows, Where where) {
    if (!(rows instanceof TestRows.Inline inline)) {
      return;
    }
    Set<String> all = new LinkedHashSet<>();
    inline.rows().forEach(row -> lowerCase(row.names()).forEach(all::add));
    for (TestValue.Entries row : inline.rows()) {
      Set<String> missing = new LinkedHashSet<>(all);
      missing.removeAll(lowerCase(row.names()));
      if (!missing.isEmpty()) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            row.position(),
            "A row of "
                + where
                + " leaves out "
                + String.join(", ", missing)
                + ", which another row names. Name the same columns in every row; null stands for"
                + " SQL's NULL.");
      }
    }
  }

  private static List<String> lowerCase(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private void checkOverlap(List<GivenTable> given, List<ExpectedTable> expected, Where where) {
    Set<String> givenNames = new LinkedHashSet<>();
    for (GivenTable table : given) {
      checkNew(givenNames, table.table(), table.position(), where.key("given"));
    }
    Set<String> expectedNames = new LinkedHashSet<>();
    for (ExpectedTable table : expected) {
      checkNew(expectedNames, table.table(), table.position(), where.key("expect"));
      if (givenNames.contains(table.table())) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            table.position(),
            "Table '"
                + table.table()
                + "' is both given and expected in "
                + where
                + ": what is given is not computed. Expect a table that reads it.");
      }
    }
  }

  private void checkNew(Set<String> seen, String table, Position position, Where where) {
    if (!seen.add(table)) {
      problems.error(
          ErrorCode.PIPELINE_DUPLICATE, position, "Table '" + table + "' stands twice in " + where);
    }
  }

  private void missing(String key, Fields fields, Node node, Where where, String accepted) {
    for (Fields.Field field : fields.all()) {
      if (!KEYS.contains(field.name())
          && Suggestions.closest(field.name(), KEYS).filter(key::equals).isPresent()) {
        // The unknown key says it all.
        return;
      }
    }
    problems.error(
        ErrorCode.PIPELINE_MISSING_KEY,
        nodes.start(node),
        "Key '" + key + "' is missing in " + where + " (accepted: " + accepted + ")");
  }
}
