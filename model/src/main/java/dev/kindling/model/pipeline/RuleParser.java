package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the rule of an expectation. The rules about values become the SQL condition that they are
 * short for, and those about a whole table the query.
 */
final class RuleParser {
  /** The rules about rows, which may be left out, and then those about a table as a whole. */
  static final List<String> RULES =
      List.of(
          "not_null",
          "unique",
          "accepted_values",
          "range",
          "pattern",
          "references",
          "check",
          "row_count",
          "freshness",
          "sum_equals",
          "query");

  private static final List<String> OF_TABLES =
      List.of("row_count", "freshness", "sum_equals", "query");
  private static final Pattern AGE =
      Pattern.compile("(\\d{1,6})\\s*(minute|hour|day|week)s?", Pattern.CASE_INSENSITIVE);

  private final Nodes nodes;
  private final Problems problems;
  private final LiteralParser literals;
  private final Map<String, String> tables = new LinkedHashMap<>();

  /**
   * @param tables the names of all tables of the file
   */
  RuleParser(Nodes nodes, Problems problems, List<String> tables) {
    this.nodes = nodes;
    this.problems = problems;
    this.literals = new LiteralParser(nodes, problems);
    tables.forEach(table -> this.tables.put(table.toLowerCase(Locale.ROOT), table));
  }

  /** Whether a rule is about a table as a whole, so that no row breaks it. */
  static boolean isAboutTable(String rule) {
    return OF_TABLES.contains(rule);
  }

  /**
   * The rule; empty, with problems, when it cannot be made.
   *
   * @param table the one that shall keep it
   */
  Optional<Expectation> parse(
      Fields.Field rule, String table, OnViolation onViolation, Where where) {
    Position key = nodes.start(rule.key());
    Node value = rule.value();
    return switch (rule.name()) {
      case "not_null" ->
          columns(value, where).map(c -> new Expectation.NotNull(c, onViolation, key));
      case "unique" -> columns(value, where).map(c -> new Expectation.Unique(c, onViolation, key));
      case "accepted_values" ->
          acceptedValues(rule, where).map(text -> check(rule, text, onViolation, key));
      case "range" -> range(rule, where).map(text -> check(rule, text, onViolation, key));
      case "pattern" -> pattern(rule, where).map(text -> check(rule, text, onViolation, key));
      case "references" -> references(rule, table, onViolation, where);
      case "check" ->
          nodes
              .sql(value, where)
              .map(ScalarNode::getValue)
              .map(
                  sql -> check(rule, new Text(oneLine(sql), sql), onViolation, nodes.start(value)));
      case "row_count" ->
          rowCount(rule, table, where).map(text -> query(rule, text, onViolation, key));
      case "freshness" ->
          freshness(rule, table, where).map(text -> query(rule, text, onViolation, key));
      case "sum_equals" ->
          sumEquals(rule, table, where).map(text -> query(rule, text, onViolation, key));
      case "query" ->
          nodes
              .sql(value, where)
              .map(ScalarNode::getValue)
              .map(
                  sql -> query(rule, new Text(oneLine(sql), sql), onViolation, nodes.start(value)));
      default -> throw new IllegalArgumentException(rule.name());
    };
  }

  /** What a rule says in one line, and its SQL. */
  private record Text(String line, String sql) {}

  private static Expectation check(
      Fields.Field rule, Text text, OnViolation onViolation, Position position) {
    return new Expectation.Check(
        rule.name() + ": " + text.line(), text.sql(), onViolation, position);
  }

  private static Expectation query(
      Fields.Field rule, Text text, OnViolation onViolation, Position position) {
    return new Expectation.Query(
        rule.name() + ": " + text.line(), text.sql(), onViolation, position);
  }

  private static String oneLine(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }

  // Rules about rows

  private Optional<List<String>> columns(Node value, Where where) {
    return Optional.of(nodes.columns(value, where)).filter(columns -> !columns.isEmpty());
  }

  private Optional<Text> acceptedValues(Fields.Field rule, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("column", "values"));
    Optional<String> column = fields.flatMap(f -> column(f, rule, where));
    Optional<Fields.Field> values =
        fields.flatMap(f -> required(f, "values", rule, where, "a list of values"));
    List<String> accepted = new ArrayList<>();
    if (values.isPresent()) {
      Where at = where.key("values");
      List<Node> entries =
          nodes.list(values.get().value(), at, "values of the column").orElse(List.of());
      if (entries.isEmpty() && values.get().value() instanceof SequenceNode) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(values.get().value()),
            at + " is empty (accepted: values of the column)");
      }
      for (int i = 0; i < entries.size(); i++) {
        literals.literal(entries.get(i), at.entry(i + 1)).ifPresent(accepted::add);
      }
    }
    if (column.isEmpty() || accepted.isEmpty()) {
      return Optional.empty();
    }
    String list = String.join(", ", accepted);
    return Optional.of(
        new Text(column.get() + " in " + list, quote(column.get()) + " IN (" + list + ")"));
  }

  private Optional<Text> range(Fields.Field rule, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("column", "min", "max"));
    Optional<String> column = fields.flatMap(f -> column(f, rule, where));
    Optional<Bounds> bounds = fields.flatMap(f -> bounds(f, rule, where));
    if (column.isEmpty() || bounds.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Text(bounds.get().line(column.get()), bounds.get().condition(quote(column.get()))));
  }

  private Optional<Text> pattern(Fields.Field rule, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("column", "regex"));
    Optional<String> column = fields.flatMap(f -> column(f, rule, where));
    String accepted = "a regular expression of Java, such as '^[A-Z]{2}$'";
    Optional<String> regex =
        fields
            .flatMap(f -> required(f, "regex", rule, where, accepted))
            .flatMap(field -> regex(field.value(), where.key("regex"), accepted));
    if (column.isEmpty() || regex.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Text(
            column.get() + " like " + regex.get(),
            quote(column.get()) + " RLIKE " + SqlLiterals.quote(regex.get())));
  }

  private Optional<String> regex(Node node, Where where, String accepted) {
    Optional<String> text = nodes.text(node, where, accepted);
    try {
      text.ifPresent(Pattern::compile);
      return text;
    } catch (PatternSyntaxException e) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(node),
          "%s is no regular expression: %s (found '%s')"
              .formatted(where, e.getDescription(), Nodes.shown(text.get())));
      return Optional.empty();
    }
  }

  private Optional<Expectation> references(
      Fields.Field rule, String table, OnViolation onViolation, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("columns", "table", "keys"));
    Optional<List<String>> columns =
        fields
            .flatMap(f -> required(f, "columns", rule, where, "a column, or a list of columns"))
            .flatMap(field -> columns(field.value(), where.key("columns")));
    Optional<String> other = fields.flatMap(f -> table(f, rule, where));
    Optional<Fields.Field> keyField = fields.flatMap(f -> f.find("keys"));
    Optional<List<String>> keys =
        keyField.isPresent() ? columns(keyField.get().value(), where.key("keys")) : columns;
    if (columns.isEmpty() || other.isEmpty() || keys.isEmpty()) {
      return Optional.empty();
    }
    if (keys.get().size() != columns.get().size()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(keyField.orElse(rule).value()),
          "%s names %d, and 'columns' %d (accepted: one key for each column)"
              .formatted(where.key("keys"), keys.get().size(), columns.get().size()));
      return Optional.empty();
    }
    if (other.get().equals(table) && keys.get().equals(columns.get())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(rule.value()),
          where + " holds for every row: it asks for the same columns of the same table");
      return Optional.empty();
    }
    return Optional.of(
        new Expectation.References(
            columns.get(), other.get(), keys.get(), onViolation, nodes.start(rule.key())));
  }

  // Rules about a table as a whole

  private Optional<Text> rowCount(Fields.Field rule, String table, Where where) {
    Optional<Bounds> bounds;
    if (rule.value() instanceof ScalarNode) {
      Optional<String> exact = wholeNumber(rule.value(), where);
      bounds = exact.map(number -> new Bounds(exact, exact));
    } else {
      Optional<Fields> fields = fields(rule, where, List.of("min", "max"));
      bounds = fields.flatMap(f -> bounds(f, rule, where)).filter(b -> areWhole(rule, b, where));
    }
    return bounds.map(
        b ->
            new Text(
                b.line("rows"),
                "SELECT * FROM (SELECT count(*) AS `rows` FROM %s) WHERE NOT (%s)"
                    .formatted(quote(table), b.condition("`rows`"))));
  }

  private boolean areWhole(Fields.Field rule, Bounds bounds, Where where) {
    for (Optional<String> bound : List.of(bounds.min(), bounds.max())) {
      if (bound.isPresent() && !bound.get().matches("\\d{1,18}")) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(rule.value()),
            "%s has bounds that no number of rows has, found %s (accepted: whole numbers from 0 on)"
                .formatted(where, Nodes.shown(bound.get())));
        return false;
      }
    }
    return true;
  }

  private Optional<String> wholeNumber(Node node, Where where) {
    String accepted = "a whole number, or min and max";
    Optional<String> text = nodes.text(node, where, accepted);
    if (text.isPresent() && !text.get().matches("\\d{1,18}")) {
      nodes.wrongType(node, where, "a whole number from 0 on", accepted);
      return Optional.empty();
    }
    return text;
  }

  private Optional<Text> freshness(Fields.Field rule, String table, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("column", "max_age"));
    Optional<String> column = fields.flatMap(f -> column(f, rule, where));
    String accepted = "minutes, hours, days or weeks, such as 36 hours";
    Optional<Fields.Field> field =
        fields.flatMap(f -> required(f, "max_age", rule, where, accepted));
    Optional<String> age =
        field.flatMap(f -> nodes.text(f.value(), where.key("max_age"), accepted));
    if (column.isEmpty() || age.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = AGE.matcher(age.get().strip());
    if (!matcher.matches()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.get().value()),
          "%s is no age, found '%s' (accepted: %s)"
              .formatted(where.key("max_age"), Nodes.shown(age.get()), accepted));
      return Optional.empty();
    }
    String latest = "max(" + quote(column.get()) + ")";
    return Optional.of(
        new Text(
            column.get() + " at most " + age.get().strip() + " old",
            ("SELECT * FROM (SELECT %s AS `latest` FROM %s)"
                    + " WHERE coalesce(`latest` < current_timestamp() - INTERVAL '%s' %s, true)")
                .formatted(
                    latest,
                    quote(table),
                    matcher.group(1),
                    matcher.group(2).toUpperCase(Locale.ROOT))));
  }

  private Optional<Text> sumEquals(Fields.Field rule, String table, Where where) {
    Optional<Fields> fields = fields(rule, where, List.of("column", "table", "of", "tolerance"));
    Optional<String> column = fields.flatMap(f -> column(f, rule, where));
    Optional<String> other = fields.flatMap(f -> table(f, rule, where));
    Optional<String> of =
        fields
            .flatMap(f -> f.find("of"))
            .map(f -> nodes.text(f.value(), where.key("of"), "a column of the other table"))
            .orElse(column);
    Optional<Fields.Field> toleranceField = fields.flatMap(f -> f.find("tolerance"));
    Optional<String> tolerance =
        toleranceField.flatMap(f -> number(f.value(), where.key("tolerance")));
    if (column.isEmpty()
        || other.isEmpty()
        || of.isEmpty()
        || tolerance.isPresent() != toleranceField.isPresent()) {
      return Optional.empty();
    }
    String differs =
        tolerance
            .map(
                t ->
                    "coalesce(abs(`sum` - `expected`) > %s, `sum` IS NOT NULL OR `expected` IS NOT NULL)"
                        .formatted(t))
            .orElse("NOT (`sum` <=> `expected`)");
    return Optional.of(
        new Text(
            "%s of %s in %s%s"
                .formatted(
                    column.get(),
                    of.get(),
                    other.get(),
                    tolerance.map(t -> ", give or take " + t).orElse("")),
            "SELECT * FROM (SELECT sum(%s) AS `sum` FROM %s) CROSS JOIN (SELECT sum(%s) AS `expected` FROM %s) WHERE %s"
                .formatted(
                    quote(column.get()),
                    quote(table),
                    quote(of.get()),
                    quote(other.get()),
                    differs)));
  }

  private Optional<String> number(Node node, Where where) {
    String accepted = "a number from 0 on";
    Optional<String> text = nodes.text(node, where, accepted);
    if (text.isPresent() && !text.get().matches("\\d{1,18}(\\.\\d{1,18})?")) {
      nodes.wrongType(node, where, "a number", accepted);
      return Optional.empty();
    }
    return text;
  }

  // Parts of rules

  private Optional<Fields> fields(Fields.Field rule, Where where, List<String> keys) {
    String accepted = String.join(", ", keys);
    Optional<Fields> fields = nodes.fields(rule.value(), where, accepted);
    if (fields.isPresent()) {
      for (Fields.Field field : fields.get().all()) {
        if (!keys.contains(field.name())) {
          nodes.unknownKey(field, where, keys, accepted);
        }
      }
    }
    return fields;
  }

  private Optional<Fields.Field> required(
      Fields fields, String key, Fields.Field rule, Where where, String accepted) {
    Optional<Fields.Field> field = fields.find(key);
    if (field.isEmpty()) {
      nodes.missingKey(key, fields, rule, where, accepted);
    }
    return field;
  }

  private Optional<String> column(Fields fields, Fields.Field rule, Where where) {
    String accepted = "the name of a column";
    return required(fields, "column", rule, where, accepted)
        .flatMap(field -> nodes.text(field.value(), where.key("column"), accepted));
  }

  private Optional<String> table(Fields fields, Fields.Field rule, Where where) {
    return required(fields, "table", rule, where, String.join(", ", tables.values()))
        .flatMap(
            field ->
                nodes.choice(
                    field.value(), where.key("table"), tables, String.join(", ", tables.values())));
  }

  /** At least one of them; as literals of SQL. */
  private record Bounds(Optional<String> min, Optional<String> max) {
    String line(String what) {
      if (min.equals(max)) {
        return what + " = " + min.get();
      }
      return min.map(value -> value + " <= ").orElse("")
          + what
          + max.map(value -> " <= " + value).orElse("");
    }

    String condition(String value) {
      List<String> parts = new ArrayList<>();
      min.ifPresent(bound -> parts.add(value + " >= " + bound));
      max.ifPresent(bound -> parts.add(value + " <= " + bound));
      return String.join(" AND ", parts);
    }
  }

  private Optional<Bounds> bounds(Fields fields, Fields.Field rule, Where where) {
    Optional<Fields.Field> min = fields.find("min");
    Optional<Fields.Field> max = fields.find("max");
    if (min.isEmpty() && max.isEmpty()) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(rule.key()),
          "No bound in " + where + " (accepted: min, max or both)");
      return Optional.empty();
    }
    Optional<String> low = min.flatMap(f -> literals.literal(f.value(), where.key("min")));
    Optional<String> high = max.flatMap(f -> literals.literal(f.value(), where.key("max")));
    if (low.isPresent() != min.isPresent() || high.isPresent() != max.isPresent()) {
      return Optional.empty();
    }
    if (low.isPresent() && high.isPresent() && isAbove(low.get(), high.get())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(min.get().value()),
          "%s is above its max: no value lies between %s and %s"
              .formatted(where.key("min"), low.get(), high.get()));
      return Optional.empty();
    }
    return Optional.of(new Bounds(low, high));
  }

  private static boolean isAbove(String low, String high) {
    try {
      return new BigDecimal(low).compareTo(new BigDecimal(high)) > 0;
    } catch (NumberFormatException e) {
      // Dates and texts are compared by Spark only.
      return false;
    }
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
