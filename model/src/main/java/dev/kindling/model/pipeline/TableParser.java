package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one entry of {@code tables}. */
final class TableParser {
  private static final List<String> DEFINITIONS = List.of("read", "sql", "sql_file", "java");
  static final List<String> KEYS =
      List.of("read", "sql", "sql_file", "java", "expect", "write", "tags");
  private static final Set<String> LATER_KEYS = Set.of("stream", "fit", "predict");
  static final List<String> READ_KEYS = List.of("format", "path", "schema", "on_bad_record");
  static final List<String> WRITE_KEYS = List.of("format", "path", "mode", "partition_by");

  private static final Map<String, OnBadRecord> ON_BAD_RECORD =
      Map.of(
          "fail", OnBadRecord.FAIL,
          "quarantine", OnBadRecord.QUARANTINE,
          "permissive", OnBadRecord.PERMISSIVE,
          "drop", OnBadRecord.DROP);
  private static final Map<String, WriteMode> MODES =
      Map.of(
          "overwrite", WriteMode.OVERWRITE,
          "append", WriteMode.APPEND,
          "error", WriteMode.ERROR,
          "errorifexists", WriteMode.ERROR,
          "ignore", WriteMode.IGNORE);

  private final YamlDocument document;
  private final Nodes nodes;
  private final Problems problems;
  private final Substitution substitution;
  private final ExpectationParser expectations;
  private final JavaParser javaCalls;
  private final List<String> tables;

  /**
   * @param tables the names of all tables of the file
   */
  TableParser(
      YamlDocument document,
      Nodes nodes,
      Problems problems,
      Substitution substitution,
      List<String> tables) {
    this.document = document;
    this.nodes = nodes;
    this.problems = problems;
    this.substitution = substitution;
    this.expectations = new ExpectationParser(nodes, problems, tables);
    this.javaCalls = new JavaParser(nodes, problems, substitution);
    this.tables = tables;
  }

  /** The table; empty, with problems, when it cannot be made. */
  Optional<Table> parse(Fields.Field entry) {
    Position position = nodes.start(entry.key());
    String name = entry.name();
    Where where = Where.table(Nodes.shown(name));
    if (!Names.isIdentifier(name)) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          position,
          "'"
              + Nodes.shown(name)
              + "' is not a name for a table (accepted: up to "
              + Names.MAX_LENGTH
              + " letters a to z, digits and _, not starting with a digit)");
    }
    Optional<Fields> found =
        nodes.fields(entry.value(), where, "read, sql, sql_file or java, and expect, write, tags");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    checkKeys(fields, where, position);
    Optional<Definition> definition = definition(fields, where);
    List<Expectation> expected = new ArrayList<>();
    if (fields.has("expect")) {
      Node value = fields.find("expect").orElseThrow().value();
      expected.addAll(expectations.parse(value, name, where.key("expect")));
    }
    Optional<Write> write = Optional.empty();
    if (fields.has("write")) {
      Fields.Field field = fields.find("write").orElseThrow();
      write = write(field, where.key("write"));
    }
    List<String> tags =
        fields.find("tags").map(field -> tags(field.value(), where.key("tags"))).orElse(List.of());
    return definition.isPresent()
        ? Optional.of(new Table(name, position, definition.get(), expected, write, tags))
        : Optional.empty();
  }

  private List<String> tags(Node node, Where where) {
    String accepted = "a word, or a list of words";
    List<Node> entries =
        node instanceof ScalarNode
            ? List.of(node)
            : nodes.list(node, where, accepted).orElse(List.of());
    List<String> tags = new ArrayList<>();
    for (Node entry : entries) {
      Optional<String> tag = nodes.text(entry, where, accepted);
      if (tag.isPresent() && !tag.get().matches("[\\p{L}\\p{N}_./-]+")) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(entry),
            "'%s' in %s is no tag (accepted: a word of letters, digits, _, -, . and /)"
                .formatted(Nodes.shown(tag.get()), where));
      } else {
        tag.ifPresent(tags::add);
      }
    }
    return tags;
  }

  private void checkKeys(Fields fields, Where where, Position position) {
    List<Fields.Field> definitions = new ArrayList<>();
    boolean explained = false;
    for (Fields.Field field : fields.all()) {
      if (DEFINITIONS.contains(field.name())) {
        definitions.add(field);
      } else if (LATER_KEYS.contains(field.name())) {
        explained = true;
        problems.error(
            ErrorCode.PIPELINE_NOT_AVAILABLE,
            nodes.start(field.key()),
            where.key(field.name())
                + " is not available in this version (accepted: "
                + String.join(", ", KEYS)
                + ")");
      } else if (!KEYS.contains(field.name())) {
        Optional<String> meant = Suggestions.closest(field.name(), KEYS);
        explained |= meant.isPresent() && DEFINITIONS.contains(meant.get());
        nodes.unknownKey(field, where, KEYS, String.join(", ", KEYS));
      }
    }
    if (definitions.isEmpty() && !explained) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          position,
          "No rows are defined for " + where + " (needed: one of read, sql, sql_file, java)");
    }
    if (definitions.size() > 1) {
      problems.error(
          ErrorCode.PIPELINE_MISSING_KEY,
          nodes.start(definitions.get(1).key()),
          "'"
              + definitions.get(0).name()
              + "' and '"
              + definitions.get(1).name()
              + "' both define the rows of "
              + where
              + " (accepted: one of read, sql, sql_file, java)");
    }
  }

  private Optional<Definition> definition(Fields fields, Where where) {
    Optional<Definition> definition = Optional.empty();
    for (String key : DEFINITIONS) {
      Optional<Fields.Field> field = fields.find(key);
      if (field.isPresent()) {
        Where at = where.key(key);
        Optional<? extends Definition> found =
            switch (key) {
              case "read" -> read(field.get(), at);
              case "sql" -> sql(field.get(), at);
              case "java" -> javaCalls.call(field.get(), at, tables);
              default -> sqlFile(field.get(), at);
            };
        definition = found.isPresent() ? Optional.of(found.get()) : definition;
      }
    }
    return definition;
  }

  private Optional<Query> sql(Fields.Field field, Where where) {
    Optional<ScalarNode> scalar = nodes.sql(field.value(), where);
    return scalar.isPresent()
        ? Optional.of(new Query(scalar.get().getValue(), document.source(scalar.get())))
        : Optional.empty();
  }

  private Optional<Query> sqlFile(Fields.Field field, Where where) {
    Optional<String> path = path(field.value(), where, "a file");
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Position position = nodes.start(field.value());
    try {
      // As the user would name it: beside the pipeline file.
      Path file = document.file().resolveSibling(path.get());
      byte[] bytes = Files.readAllBytes(file);
      Optional<String> sql = YamlDocument.decode(file, bytes, problems);
      if (sql.isPresent() && sql.get().isBlank()) {
        problems.error(
            ErrorCode.PIPELINE_VALUE,
            position,
            "The file '" + path.get() + "' of " + where + " is empty (accepted: Spark SQL)");
        return Optional.empty();
      }
      return sql.map(text -> new Query(text, SqlSource.ofFile(file, text)));
    } catch (NoSuchFileException e) {
      problems.error(
          ErrorCode.FILE_NOT_FOUND,
          position,
          "The file '" + path.get() + "' of " + where + " does not exist");
    } catch (InvalidPathException e) {
      problems.error(
          ErrorCode.PIPELINE_VALUE, position, where + " is not a path: " + e.getReason());
    } catch (IOException e) {
      problems.error(
          ErrorCode.FILE_ACCESS,
          position,
          "The file '" + path.get() + "' of " + where + " cannot be read: " + FileErrors.reason(e));
    }
    return Optional.empty();
  }

  private Optional<Read> read(Fields.Field field, Where where) {
    Optional<Fields> found =
        nodes.fields(field.value(), where, "format, path, schema, on_bad_record and options");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    Optional<String> format = format(fields, field, where);
    Optional<String> path = requiredPath(fields, field, where);
    Optional<String> schema = Optional.empty();
    if (fields.has("schema")) {
      Node value = fields.find("schema").orElseThrow().value();
      schema =
          nodes.text(value, where.key("schema"), "Spark DDL, such as \"id BIGINT, name STRING\"");
    }
    OnBadRecord onBadRecord = OnBadRecord.FAIL;
    if (fields.has("on_bad_record")) {
      Fields.Field bad = fields.find("on_bad_record").orElseThrow();
      Where at = where.key("on_bad_record");
      onBadRecord =
          nodes
              .choice(bad.value(), at, ON_BAD_RECORD, "fail, quarantine, permissive, drop")
              .orElse(OnBadRecord.FAIL);
      if (format.isPresent() && !KnownFormats.hasBadRecords(format.get())) {
        problems.warning(
            ErrorCode.PIPELINE_VALUE,
            nodes.start(bad.key()),
            at + " has no effect: it is for csv and json, found format " + format.get());
      }
    }
    List<String> known = format.isPresent() ? KnownFormats.readerOptions(format.get()) : List.of();
    Map<String, String> options = options(fields, where, READ_KEYS, known, format);
    if (format.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Read(format.get(), path.get(), schema, onBadRecord, options, nodes.start(field.key())));
  }

  private Optional<Write> write(Fields.Field field, Where where) {
    Optional<Fields> found =
        nodes.fields(field.value(), where, "format, path, mode, partition_by and options");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    Optional<String> format = format(fields, field, where);
    Optional<String> path = requiredPath(fields, field, where);
    WriteMode mode = WriteMode.ERROR;
    if (fields.has("mode")) {
      Node value = fields.find("mode").orElseThrow().value();
      mode =
          nodes
              .choice(value, where.key("mode"), MODES, "overwrite, append, error, ignore")
              .orElse(WriteMode.ERROR);
    }
    List<String> partitionBy = new ArrayList<>();
    if (fields.has("partition_by")) {
      Node value = fields.find("partition_by").orElseThrow().value();
      partitionBy.addAll(nodes.columns(value, where.key("partition_by")));
    }
    List<String> known = format.isPresent() ? KnownFormats.writerOptions(format.get()) : List.of();
    Map<String, String> options = options(fields, where, WRITE_KEYS, known, format);
    if (format.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Write(format.get(), path.get(), mode, partitionBy, options, nodes.start(field.key())));
  }

  private Optional<String> format(Fields fields, Fields.Field parent, Where where) {
    String accepted = String.join(", ", KnownFormats.FORMATS);
    if (!fields.has("format")) {
      nodes.missingKey("format", fields, parent, where, accepted);
      return Optional.empty();
    }
    Node value = fields.find("format").orElseThrow().value();
    Where at = where.key("format");
    Optional<String> text = nodes.text(value, at, accepted);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String format = text.get().toLowerCase(Locale.ROOT);
    if (KnownFormats.FORMATS.contains(format)) {
      return Optional.of(format);
    }
    if (KnownFormats.LATER.contains(format)) {
      problems.error(
          ErrorCode.PIPELINE_NOT_AVAILABLE,
          nodes.start(value),
          "Format '"
              + format
              + "' of "
              + where
              + " is not available in this version (accepted: "
              + accepted
              + ")");
    } else {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(value),
          "Unknown format '"
              + Nodes.shown(text.get())
              + "' of "
              + where
              + " (accepted: "
              + accepted
              + ")"
              + Suggestions.didYouMean(format, KnownFormats.FORMATS));
    }
    return Optional.empty();
  }

  private Optional<String> requiredPath(Fields fields, Fields.Field parent, Where where) {
    if (!fields.has("path")) {
      nodes.missingKey("path", fields, parent, where, "a file or folder");
      return Optional.empty();
    }
    return path(fields.find("path").orElseThrow().value(), where.key("path"), "a file or folder");
  }

  private Optional<String> path(Node node, Where where, String accepted) {
    Optional<String> text = nodes.text(node, where, accepted);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> path = substitution.path(text.get(), where, nodes.start(node));
    if (path.isPresent() && path.get().indexOf('\0') >= 0) {
      problems.error(
          ErrorCode.PIPELINE_VALUE, nodes.start(node), where + " holds the character U+0000");
      return Optional.empty();
    }
    if (path.isPresent() && path.get().isBlank()) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(node),
          where + " is empty after its parameters are put in (accepted: " + accepted + ")");
      return Optional.empty();
    }
    return path;
  }

  private Map<String, String> options(
      Fields fields, Where where, List<String> own, List<String> known, Optional<String> format) {
    Map<String, String> options = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (Fields.Field field : fields.all()) {
      String name = field.name();
      if (own.contains(name)) {
        continue;
      }
      if (!KnownFormats.has(known, name)) {
        Optional<String> meant = Suggestions.closest(name, own);
        if (meant.isPresent()) {
          nodes.unknownKey(field, where, own, String.join(", ", own) + ", and Spark's options");
          continue;
        }
        if (!isOption(field, where)) {
          continue;
        }
        warnOfTypingMistake(field, where, known, format);
      }
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        problems.error(
            ErrorCode.PIPELINE_DUPLICATE,
            nodes.start(field.key()),
            "Option '"
                + Nodes.shown(name)
                + "' stands twice in "
                + where
                + ": Spark takes upper and lower case as equal");
      }
      Where at = where.key(Nodes.shown(name));
      Optional<ScalarNode> value =
          nodes.scalar(field.value(), at, "a text, number or boolean; '' for an empty text");
      if (value.isPresent()) {
        Position position = nodes.start(field.value());
        Optional<String> text = substitution.setting(value.get().getValue(), at, position);
        if (text.isPresent()) {
          options.put(name, text.get());
        }
      }
    }
    return options;
  }

  /** Keys that users of Spark would write here, and that a pipeline file spells otherwise. */
  private boolean isOption(Fields.Field field, Where where) {
    String name = field.name().toLowerCase(Locale.ROOT);
    String instead;
    if (name.equals("mode")) {
      instead =
          "Write 'on_bad_record' instead: permissive for PERMISSIVE, drop for DROPMALFORMED, fail"
              + " for FAILFAST.";
    } else if (name.equals("options") || name.equals("option")) {
      instead = "Write the options beside 'format' and 'path'.";
    } else if (name.isBlank()) {
      instead = "Name an option of Spark.";
    } else {
      return true;
    }
    problems.error(
        ErrorCode.PIPELINE_UNKNOWN_KEY,
        nodes.start(field.key()),
        "Key '" + Nodes.shown(field.name()) + "' is not accepted in " + where + ". " + instead);
    return false;
  }

  private void warnOfTypingMistake(
      Fields.Field field, Where where, List<String> known, Optional<String> format) {
    Optional<String> meant = Suggestions.closest(field.name(), known);
    if (meant.isPresent()) {
      problems.warning(
          ErrorCode.PIPELINE_UNKNOWN_KEY,
          nodes.start(field.key()),
          "Option '"
              + Nodes.shown(field.name())
              + "' in "
              + where
              + " is not one that Spark knows for "
              + format.orElse("this format")
              + ", and Spark passes over it. Did you mean '"
              + meant.get()
              + "'?");
    }
  }
}
