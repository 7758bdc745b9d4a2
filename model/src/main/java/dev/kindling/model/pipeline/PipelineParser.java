package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Makes a pipeline of a YAML document, and goes on after each problem to find the next. */
final class PipelineParser {
  static final List<String> KEYS =
      List.of(
          "pipeline",
          "params",
          "conf",
          "engine",
          "memory",
          "target",
          "classpath",
          "runs",
          "tables",
          "tests",
          "targets");
  private static final Map<String, Engine> ENGINES =
      Map.of("auto", Engine.AUTO, "embedded", Engine.EMBEDDED, "spark", Engine.SPARK);

  private final YamlDocument document;
  private final Problems problems;
  private final Nodes nodes;
  private final Function<String, Optional<String>> environment;
  private final Where where = Where.FILE;

  PipelineParser(
      YamlDocument document, Problems problems, Function<String, Optional<String>> environment) {
    this.document = document;
    this.problems = problems;
    this.nodes = new Nodes(document, problems);
    this.environment = environment;
  }

  /** The pipeline; empty, with problems, when there is an error. */
  Optional<Pipeline> parse(Map<String, String> sets) {
    Optional<Fields> found = nodes.fields(document.root(), where, String.join(", ", KEYS));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    checkKeys(fields);
    Map<String, Param> params = params(fields, sets);
    Substitution substitution = new Substitution(params, environment, problems);
    Optional<String> name = name(fields);
    Map<String, String> conf = conf(fields, substitution);
    Optional<Engine> engine = engine(fields);
    Optional<String> memory = memory(fields);
    List<ClassPathEntry> classPath =
        fields
            .find("classpath")
            .map(
                field ->
                    new JavaParser(nodes, problems, substitution)
                        .classPath(field.value(), where.key("classpath")))
            .orElse(List.of());
    RunSettings runs =
        fields
            .find("runs")
            .map(field -> new RunSettingsParser(nodes, problems).parse(field, where.key("runs")))
            .orElse(RunSettings.DEFAULT);
    List<Table> tables = tables(fields, substitution);
    List<TestCase> tests = tests(fields, substitution);
    Map<String, Target> targets = targets(fields, substitution);
    Optional<String> target = target(fields, targets);
    new PathConflicts(PipelinePaths.directory(document.file()), problems).check(tables);
    return problems.hasErrors() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Pipeline(
                name.get(),
                document.file(),
                params,
                conf,
                engine,
                memory,
                target,
                classPath,
                runs,
                tables,
                tests,
                targets));
  }

  private void checkKeys(Fields fields) {
    for (Fields.Field field : fields.all()) {
      if (!KEYS.contains(field.name())) {
        nodes.unknownKey(field, where, KEYS, String.join(", ", KEYS));
      }
    }
  }

  private Optional<String> name(Fields fields) {
    Optional<Fields.Field> field = fields.find("pipeline");
    if (field.isEmpty()) {
      missing("pipeline", "the name of the pipeline", fields);
      return Optional.empty();
    }
    Optional<String> name =
        nodes.text(field.get().value(), where.key("pipeline"), "the name of the pipeline");
    if (name.isPresent() && name.get().chars().anyMatch(Character::isISOControl)) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.get().value()),
          "'pipeline' has more than one line, or a control character (accepted: a name)");
    }
    return name;
  }

  private Map<String, Param> params(Fields fields, Map<String, String> sets) {
    ParamParser parser = new ParamParser(nodes, problems);
    Optional<Fields.Field> field = fields.find("params");
    Map<String, Param> params =
        field.isPresent() ? parser.parse(field.get().value()) : new LinkedHashMap<>();
    parser.set(params, sets, Position.startOf(document.file()));
    return params;
  }

  private Map<String, String> conf(Fields fields, Substitution substitution) {
    return fields
        .find("conf")
        .map(
            field ->
                new SettingsParser(nodes, problems, substitution)
                    .parse(field.value(), where.key("conf"), SettingsParser.Owner.SESSION))
        .orElse(Map.of());
  }

  private List<TestCase> tests(Fields fields, Substitution substitution) {
    return fields
        .find("tests")
        .map(
            field ->
                new TestParser(nodes, problems, substitution, tableNames(fields))
                    .parse(field.value()))
        .orElse(List.of());
  }

  // Also those with problems: a test of one is not to be blamed for them.
  private static List<String> tableNames(Fields fields) {
    List<String> names = new ArrayList<>();
    if (fields.has("tables")
        && fields.find("tables").orElseThrow().value() instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode scalar) {
          names.add(scalar.getValue());
        }
      }
    }
    return names;
  }

  private Map<String, Target> targets(Fields fields, Substitution substitution) {
    return fields
        .find("targets")
        .map(
            field ->
                new TargetParser(
                        PipelinePaths.directory(document.file()), nodes, problems, substitution)
                    .parse(field.value(), where.key("targets")))
        .orElse(Map.of());
  }

  private Optional<String> target(Fields fields, Map<String, Target> targets) {
    Optional<Fields.Field> field = fields.find("target");
    if (field.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> names = new LinkedHashMap<>();
    targets.keySet().forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
    return nodes.choice(
        field.get().value(),
        where.key("target"),
        names,
        names.isEmpty() ? "the name of one of 'targets'" : String.join(", ", targets.keySet()));
  }

  private Optional<Engine> engine(Fields fields) {
    Optional<Fields.Field> field = fields.find("engine");
    return field.isEmpty()
        ? Optional.empty()
        : nodes.choice(field.get().value(), where.key("engine"), ENGINES, "auto, embedded, spark");
  }

  private Optional<String> memory(Fields fields) {
    Optional<Fields.Field> field = fields.find("memory");
    if (field.isEmpty()) {
      return Optional.empty();
    }
    String accepted = "a whole number and a unit, such as 512m or 4g";
    Optional<String> text = nodes.text(field.get().value(), where.key("memory"), accepted);
    if (text.isPresent() && !isMemory(text.get())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.get().value()),
          "'memory' is not an amount of memory, found '"
              + Nodes.shown(text.get())
              + "' (accepted: "
              + accepted
              + ")");
      return Optional.empty();
    }
    return text.map(amount -> amount.toLowerCase(Locale.ROOT));
  }

  /** Whether a text is an amount such as 4g: at most 9 digits, not all 0, and a unit. */
  private static boolean isMemory(String text) {
    int digits = 0;
    boolean positive = false;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      positive |= text.charAt(digits) != '0';
      digits++;
    }
    String unit = text.substring(digits).toLowerCase(Locale.ROOT);
    return positive
        && digits <= 9
        && Set.of("k", "m", "g", "t", "kb", "mb", "gb", "tb").contains(unit);
  }

  private List<Table> tables(Fields fields, Substitution substitution) {
    List<Table> tables = new ArrayList<>();
    Optional<Fields.Field> field = fields.find("tables");
    if (field.isEmpty()) {
      missing("tables", "a mapping of names to tables", fields);
      return tables;
    }
    Where here = where.key("tables");
    Optional<Fields> entries =
        nodes.fields(field.get().value(), here, "a mapping of names to tables");
    if (entries.isEmpty()) {
      return tables;
    }
    if (isEmptyMapping(field.get().value())) {
      problems.error(
          ErrorCode.PIPELINE_VALUE,
          nodes.start(field.get().value()),
          "'tables' is empty (accepted: a mapping of names to tables)");
    }
    List<String> names = entries.get().all().stream().map(Fields.Field::name).toList();
    TableParser parser = new TableParser(document, nodes, problems, substitution, names);
    Map<String, Fields.Field> seen = new HashMap<>();
    for (Fields.Field entry : entries.get().all()) {
      Fields.Field same = seen.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), entry);
      if (same != null) {
        problems.error(
            ErrorCode.PIPELINE_DUPLICATE,
            nodes.start(entry.key()),
            "Table '"
                + Nodes.shown(entry.name())
                + "' has the name of table '"
                + Nodes.shown(same.name())
                + "' at line "
                + nodes.start(same.key()).line()
                + ": Spark takes upper and lower case as equal");
      }
      Optional<Table> table = parser.parse(entry);
      if (table.isPresent()) {
        tables.add(table.get());
      }
    }
    return tables;
  }

  private static boolean isEmptyMapping(Node node) {
    return node instanceof MappingNode mapping && mapping.getValue().isEmpty();
  }

  private void missing(String key, String accepted, Fields fields) {
    for (Fields.Field field : fields.all()) {
      Optional<String> meant = Suggestions.closest(field.name(), KEYS);
      if (!KEYS.contains(field.name()) && meant.isPresent() && meant.get().equals(key)) {
        // The unknown key says it all.
        return;
      }
    }
    problems.error(
        ErrorCode.PIPELINE_MISSING_KEY,
        nodes.start(document.root()),
        "Key '" + key + "' is missing in " + where + " (accepted: " + accepted + ")");
  }
}
