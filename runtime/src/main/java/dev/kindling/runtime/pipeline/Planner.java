package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.Problem;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Selection;
import dev.kindling.model.pipeline.Severity;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.TableOrder;
import dev.kindling.model.pipeline.Write;
import dev.kindling.model.record.Materialisation;
import dev.kindling.runtime.Engines;
import dev.kindling.storage.hdfs.Hdfs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructType;

/**
 * Decides the order of the tables, the engine of each one and whether it is computed once. Finds
 * everything that Catalyst has against the pipeline; what reads a broken table is passed over, so
 * that one mistake gives one message.
 */
final class Planner {
  // What makes a query more than a pass over its input. Words in comments and texts count too: they
  // only make a table be computed once that could have been computed twice.
  private static final Pattern COSTLY =
      Pattern.compile(
          "\\b(join|group|order|sort|distinct|over|union|intersect|except|minus|having|exists|in"
              + "|explode|lateral|unnest|with|count|sum|avg|min|max)\\b|,\\s*\\(|\\(\\s*select\\b",
          Pattern.CASE_INSENSITIVE);

  private final Pipeline pipeline;
  private final Workbench bench;
  private final SparkSchemas schemas;
  private final Optional<Selection> selection;
  private final Optional<ChangeDetection> changes;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  // In lower case: what is wanted for itself, and not for its readers only.
  private final Set<String> selected = new LinkedHashSet<>();

  /**
   * @param selection the tables that are wanted; empty for all
   */
  Planner(Pipeline pipeline, Workbench bench, Optional<Selection> selection) {
    this(pipeline, bench, selection, Optional.empty());
  }

  /**
   * @param changes gets to know where all tables come from, and may leave some of them out
   */
  Planner(
      Pipeline pipeline,
      Workbench bench,
      Optional<Selection> selection,
      Optional<ChangeDetection> changes) {
    this.pipeline = pipeline;
    this.bench = bench;
    this.schemas = new SparkSchemas(bench);
    this.selection = selection;
    this.changes = changes;
  }

  /**
   * The tables in the order in which they run.
   *
   * @throws InvalidPipelineException with all problems, when there are any
   * @throws KindlingException TOO_LARGE when a table does not fit here and there is no target for
   *     it
   */
  List<Node> plan() {
    for (Table table : pipeline.tables()) {
      nodes.put(Names.key(table.name()), new Node(table));
    }
    selected.addAll(nodes.keySet());
    nodes.values().forEach(this::findReads);
    nodes.values().forEach(this::findCheckReads);
    selection.ifPresent(this::select);
    changes.ifPresent(this::leaveOutUnchanged);
    List<Node> order = order();
    for (Node node : order) {
      for (String read : reads(node)) {
        node.broken |= nodes.get(read).broken;
        nodes.get(read).readers.add(node);
      }
      if (!node.broken) {
        analyse(node);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidPipelineException(problems);
    }
    if (bench.choice() == Engine.AUTO) {
      bench.room().assign(pipeline, order, bench).ifPresent(bench::useTarget);
    }
    order.forEach(this::chooseMaterialisation);
    return order;
  }

  private void findReads(Node node) {
    if (node.isRead()) {
      return;
    }
    if (node.isJava()) {
      node.java().inputs().forEach(input -> node.reads.add(Names.key(input)));
      return;
    }
    Optional<String> mistake = SqlAdvice.notAQuery(node.query().sql());
    if (mistake.isPresent()) {
      problem(
          node, node.query().source().at(1, 1), "Table '" + node.name() + "': " + mistake.get());
      return;
    }
    try {
      node.reads.addAll(references(node, node.query().sql()));
    } catch (SqlException e) {
      broken(node, e);
    }
  }

  private List<String> names() {
    return pipeline.tables().stream().map(Table::name).toList();
  }

  private void findCheckReads(Node node) {
    for (Expectation rule : node.table.expectations()) {
      if (rule instanceof Expectation.References references) {
        node.checkReads.add(Names.key(references.table()));
      } else if (rule instanceof Expectation.Query query) {
        try {
          node.checkReads.addAll(references(node, query.sql()));
        } catch (SqlException e) {
          // It is told when the expectation is checked as a whole.
        }
      }
    }
    node.checkReads.remove(Names.key(node.name()));
  }

  private Set<String> references(Node node, String sql) {
    Set<String> tables = new TreeSet<>();
    for (String name : bench.embedded().references(sql)) {
      if (nodes.containsKey(Names.key(name))) {
        tables.add(Names.key(name));
      } else {
        node.otherReads.add(name);
      }
    }
    return tables;
  }

  private static Set<String> reads(Node node) {
    Set<String> reads = new LinkedHashSet<>(node.reads);
    reads.addAll(node.checkReads);
    return reads;
  }

  /** Leaves the tables that are selected, and for their sake those that they read. */
  private void select(Selection selection) {
    Map<String, Set<String>> reads = reads();
    leave(selection.of(pipeline.tables(), reads), reads, "not selected: it is not written");
  }

  private void leave(Set<String> wanted, Map<String, Set<String>> reads, String otherwise) {
    selected.retainAll(wanted);
    nodes.keySet().retainAll(Selection.reachable(wanted, reads));
    nodes.replaceAll((name, node) -> wanted.contains(name) ? node : node.unwritten(otherwise));
  }

  /** Looks where all tables come from before anything reads their files. */
  private void leaveOutUnchanged(ChangeDetection detection) {
    order();
    Map<String, Set<String>> reads = reads();
    detection.look(nodes, reads, bench.embedded().conf());
    Set<String> run = detection.toRun(selected);
    if (detection.isOn()) {
      run.forEach(name -> nodes.get(name).reasons.add(Rerun.WHY + detection.reason(name)));
      leave(run, reads, "unchanged, computed for its readers: it is not written");
    }
  }

  private Map<String, Set<String>> reads() {
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    nodes.forEach((name, node) -> reads.put(name, reads(node)));
    return reads;
  }

  private List<Node> order() {
    Map<String, Set<String>> reads = reads();
    try {
      return TableOrder.of(reads).stream().map(nodes::get).toList();
    } catch (KindlingException e) {
      Position at =
          nodes.values().stream()
              .filter(node -> e.getMessage().contains("'" + Names.key(node.name()) + "'"))
              .findFirst()
              .map(node -> node.table.position())
              .orElse(Position.startOf(pipeline.file()));
      problems.add(new Problem(Severity.ERROR, e.code(), at, e.getMessage()));
      throw new InvalidPipelineException(problems);
    }
  }

  private void analyse(Node node) {
    try {
      if (node.isRead()) {
        register(node);
      } else if (node.isJava()) {
        declare(node);
      } else {
        prepare(node);
      }
    } catch (SqlException e) {
      broken(node, e);
      return;
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      node.broken = true;
      problems.add(
          new Problem(Severity.ERROR, e.code(), node.table.definition().start(), e.getMessage()));
      return;
    }
    checkExpectations(node);
    checkWrite(node);
  }

  // Sources

  private void register(Node node) {
    Read read = node.read();
    SourceCheck.check(node.name(), pipeline.resolve(read.path()));
    // Those that read it take it for DDL.
    read.schema().ifPresent(SparkSchemas::ofDdl);
    List<Refusal> refusals = new ArrayList<>();
    Optional<Source> source = NativeSource.of(pipeline, read, refusals);
    // Text is looked at as a whole when it is registered; where Spark reads it, its schema is
    // enough.
    boolean schemaOnly =
        (bench.choice() == Engine.SPARK || crashed(node)) && read.schema().isPresent();
    if (source.isPresent() && !schemaOnly) {
      Registration registration = bench.embedded().register(node.name(), source.get());
      if (registration instanceof Registration.Native accepted) {
        node.schema = Optional.of(SparkSchemas.ofJson(accepted.schemaJson()));
        node.reasons.addAll(accepted.notes());
        if (bench.choice() != Engine.SPARK && !crashed(node)) {
          bench.defineHere(node.name(), new Place.Files(read));
          return;
        }
      } else if (registration instanceof Registration.Refused refused) {
        refusals.addAll(refused.refusals());
      }
    }
    onSpark(node, refusals);
    if (node.schema.isEmpty()) {
      node.schema = Optional.of(schemas.of(node.name(), read));
    }
    bench.define(node.name(), new Place.Files(read));
    bench.placeholder(node.name(), node.schema.get());
  }

  // Queries

  private void prepare(Node node) {
    PreparedQuery query = bench.embedded().prepare(node.query().sql(), bench.params());
    node.prepared = Optional.of(query);
    node.changing = bench.embedded().changing(query);
    node.schema = Optional.of(query.schema());
    if (bench.choice() == Engine.SPARK || crashed(node) || !query.translated()) {
      onSpark(node, query.refusals());
      bench.placeholder(node.name(), query.schema());
    } else {
      bench.embedded().registerView(node.name(), query);
    }
    bench.define(node.name(), new Place.Inlined(node.query().sql(), node.reads));
  }

  // Classes

  private void declare(Node node) {
    JavaCall call = node.java();
    bench.classes().check(call.className(), call.inputs().size());
    node.engine = Engine.SPARK;
    node.refusals.add(
        Refusal.of(
            RefusalCode.JAVA_CLASS,
            "java: " + call.className(),
            "a class of the user's computes with Spark"));
    node.reasons.add("on Spark, because the class " + call.className() + " computes it");
    List<StructType> inputs =
        call.inputs().stream()
            .map(input -> nodes.get(Names.key(input)).schema.orElseThrow())
            .toList();
    node.schema = Optional.of(schemas.of(call, inputs));
    bench.placeholder(node.name(), node.schema.get());
  }

  private boolean crashed(Node node) {
    return bench.crashedIn(node.name());
  }

  private void onSpark(Node node, List<Refusal> refusals) {
    node.engine = Engine.SPARK;
    node.refusals.addAll(refusals);
    if (bench.choice() == Engine.SPARK) {
      node.reasons.add("the user chose Spark");
    } else if (crashed(node)) {
      node.reasons.add("the native engine crashed in it");
    } else {
      node.reasons.add("on Spark, because the embedded engine cannot give exactly Spark's answer");
    }
  }

  // Expectations and outputs

  private void checkExpectations(Node node) {
    for (Expectation rule : node.table.expectations()) {
      try {
        PreparedQuery check =
            bench.embedded().prepare(Rules.count(rule, node.name()), bench.params());
        node.sparkChecks |= !check.translated() && !node.onSpark();
        node.changing = node.changing.or(() -> bench.embedded().changing(check));
      } catch (SqlException e) {
        node.broken = true;
        problems.add(
            new Problem(
                Severity.ERROR,
                ErrorCode.SQL_INVALID,
                rule.position(),
                "The expectation '"
                    + rule.describe()
                    + "' does not fit: "
                    + noCondition(rule, node)
                        .orElseGet(() -> Engines.withoutPlace(e.getMessage()))));
      }
    }
  }

  /** That what is to be checked is no condition: Spark's message would be about how it is used. */
  private Optional<String> noCondition(Expectation rule, Node node) {
    if (!(rule instanceof Expectation.Check check)) {
      return Optional.empty();
    }
    try {
      StructType type =
          bench
              .embedded()
              .prepare(
                  "SELECT (" + check.sql() + ") FROM " + Names.quote(node.name()), bench.params())
              .schema();
      String found = type.fields()[0].dataType().sql();
      return found.equals("BOOLEAN")
          ? Optional.empty()
          : Optional.of("it is " + found + " (accepted: a condition, which is BOOLEAN)");
    } catch (SqlException e) {
      // What is wrong with it is wrong with the rule.
      return Optional.empty();
    }
  }

  private void checkWrite(Node node) {
    if (node.table.write().isEmpty()) {
      return;
    }
    Write write = node.table.write().get();
    List<String> columns = List.of(node.schema.get().fieldNames());
    for (String column : write.partitionBy()) {
      if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
        problem(
            node,
            write.position(),
            "'partition_by' names the column '%s', which table '%s' does not have (found: %s)%s"
                .formatted(
                    column,
                    node.name(),
                    String.join(", ", columns),
                    Suggestions.didYouMean(column, columns)));
      }
    }
    if (!columns.isEmpty() && write.partitionBy().size() >= columns.size()) {
      problem(
          node,
          write.position(),
          "'partition_by' names all columns of table '%s'. Leave at least one for its files."
              .formatted(node.name()));
    }
    checkNames(node, write, columns);
    if (Hdfs.isPath(pipeline.resolve(write.path()))) {
      node.sparkWrites = Optional.of("its output is on HDFS, which Spark writes to");
    } else if (!write.format().equals("parquet")) {
      node.sparkWrites =
          Optional.of("its output is written by Spark: the embedded engine writes Parquet only");
    } else if (!write.options().isEmpty()) {
      node.sparkWrites =
          Optional.of("its output is written by Spark, whose writer knows the options");
    }
    if (!node.onSpark()) {
      node.sparkWrites.ifPresent(node.reasons::add);
    }
  }

  // Files would take both; whoever reads them could name neither.
  private void checkNames(Node node, Write write, List<String> columns) {
    boolean exact = Boolean.parseBoolean(bench.embedded().conf().get("spark.sql.caseSensitive"));
    Map<String, String> seen = new LinkedHashMap<>();
    for (String column : columns) {
      String same = seen.putIfAbsent(exact ? column : Names.key(column), column);
      if (same != null) {
        problem(
            node,
            write.position(),
            "[COLUMN_ALREADY_EXISTS] Table '%s' has the columns '%s' and '%s', which an output cannot both have%s. Give one of them another name with AS."
                .formatted(
                    node.name(),
                    same,
                    column,
                    same.equals(column) ? "" : ": Spark takes upper and lower case as equal"));
      }
    }
  }

  private void problem(Node node, Position at, String message) {
    node.broken = true;
    problems.add(new Problem(Severity.ERROR, ErrorCode.SQL_INVALID, at, message));
  }

  private void broken(Node node, SqlException e) {
    node.broken = true;
    Position at =
        node.isQuery()
            ? node.query().source().at(e.line().orElse(1), e.column().orElse(1))
            : node.table.definition().start();
    problems.add(
        new Problem(
            Severity.ERROR,
            ErrorCode.SQL_INVALID,
            at,
            "Table '"
                + node.name()
                + "': "
                + SqlAdvice.improved(
                    Engines.withoutPlace(e.getMessage()), names(), bench.embedded())));
  }

  // Materialisation

  private void chooseMaterialisation(Node node) {
    int uses = node.readers.size() + (node.table.write().isPresent() ? 1 : 0);
    boolean crosses =
        node.onSpark() ? node.hasReaderOn(Engine.EMBEDDED) : node.hasReaderOn(Engine.SPARK);
    if (node.isRead()) {
      chooseForSource(node, uses, crosses);
    } else if (node.isJava() && uses > 0 && !isOnlyWritten(node)) {
      computedOnce(
          node,
          Materialisation.STAGED,
          "computed once, because a class may give other rows when it is called again");
    } else if (!node.isUsed()) {
      node.reasons.add("no table reads it and it is not written: it is checked, not computed");
    } else if (crosses) {
      computedOnce(
          node,
          Materialisation.STAGED,
          "staged, because tables on "
              + (node.onSpark() ? "the embedded engine" : "Spark")
              + " read it");
    } else if (node.onSpark()) {
      if (uses > 1) {
        computedOnce(
            node, Materialisation.STAGED, "computed once, because it is used " + uses + " times");
      } else if (node.hasExpectations()) {
        computedOnce(node, Materialisation.STAGED, "computed once, because its rows are checked");
      }
    } else if (node.sparkWrites.isPresent() || node.sparkChecks) {
      computedOnce(
          node,
          Materialisation.STAGED,
          node.sparkChecks
              ? "staged, because Spark checks its expectations"
              : "staged, because Spark writes its output");
    } else if (node.hasExpectations()) {
      computedOnce(node, Materialisation.TEMPORARY, "computed once, because its rows are checked");
    } else if (uses > 1 && COSTLY.matcher(node.query().sql()).find()) {
      computedOnce(
          node,
          Materialisation.TEMPORARY,
          "computed once, because it is used " + uses + " times and is not cheap");
    } else if (uses > 1) {
      node.reasons.add("inlined into its readers: it is cheap");
    } else {
      node.reasons.add(
          node.readers.isEmpty() ? "written as it is computed" : "inlined into its one reader");
    }
  }

  private static boolean isOnlyWritten(Node node) {
    return node.readers.isEmpty() && !node.hasExpectations();
  }

  private void chooseForSource(Node node, int uses, boolean crosses) {
    Read read = node.read();
    boolean text = !read.format().equals("parquet") && !read.format().equals("orc");
    boolean bad = text && read.onBadRecord() != OnBadRecord.PERMISSIVE;
    if (node.onSpark()) {
      if (crosses || bad || uses > 1 || node.hasExpectations()) {
        computedOnce(
            node,
            Materialisation.STAGED,
            crosses
                ? "staged, because tables on the embedded engine read it"
                : bad
                    ? "read once and whole, because every record is checked"
                    : "read once, because it is used more than once");
      }
    } else if (text && (crosses || bad || uses > 1 || node.hasExpectations())) {
      computedOnce(
          node,
          crosses ? Materialisation.STAGED : Materialisation.TEMPORARY,
          crosses
              ? "staged, because tables on Spark read it"
              : bad
                  ? "read once and whole, because every record is checked"
                  : "read once, because it is used more than once");
    }
  }

  private static void computedOnce(Node node, Materialisation how, String reason) {
    node.materialisation = how;
    node.reasons.add(reason);
  }
}
