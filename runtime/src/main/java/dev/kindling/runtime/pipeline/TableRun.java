package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.WriteResult;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.OnViolation;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Write;
import dev.kindling.model.record.BadRecords;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.Materialisation;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.Scratch;
import dev.kindling.spark.protocol.JavaView;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Result;
import dev.kindling.storage.StagedOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Runs one table: computes it, checks its rows, leaves out those that the pipeline does not want,
 * and writes its output aside.
 */
final class TableRun {
  private final Node node;
  private final Workbench bench;
  private final Path quarantineFolder;
  private final Consumer<String> talk;
  private final SparkWork sparkWork;
  private final Observer observer;
  private final long startedNanos = System.nanoTime();

  private OptionalLong rows = OptionalLong.empty();
  private OptionalLong bytes = OptionalLong.empty();
  private Optional<BadRecords> badRecords = Optional.empty();
  private final Map<Expectation, ExpectationResult> expectations = new LinkedHashMap<>();
  private Optional<String> engineSql = Optional.empty();

  /**
   * @param quarantineFolder of the run, for the rows that this table leaves out
   * @param talk gets a line when the table goes to Spark although it was planned otherwise
   */
  TableRun(Node node, Workbench bench, Path quarantineFolder, Consumer<String> talk) {
    this.node = node;
    this.bench = bench;
    this.quarantineFolder = quarantineFolder.resolve(node.name());
    this.talk = talk;
    this.sparkWork = new SparkWork(node, bench);
    this.observer = new Observer(node, bench);
  }

  /**
   * Runs it.
   *
   * @param output where its rows are to be written, if they are
   * @throws KindlingException when it fails, after its expectations were all looked at
   */
  void run(Optional<StagedOutput> output) {
    boolean splits =
        node.table.expectations().stream().anyMatch(rule -> leavesOut(rule.onViolation()));
    if (!node.isUsed() && !node.isRead()) {
      defineInlined();
      return;
    }
    boolean direct =
        node.materialisation == Materialisation.INLINED
            && node.readers.isEmpty()
            && !node.hasExpectations()
            && output.isPresent()
            && !node.isRead();
    if (direct) {
      writeDirectly(output.get());
      return;
    }
    String computed = splits ? Names.raw(node.name()) : node.name();
    compute(computed);
    check(rule -> !Rules.aboutTable(rule), computed);
    if (splits) {
      leaveOut();
    }
    check(Rules::aboutTable, node.name());
    if (output.isPresent()) {
      writeComputed(output.get());
    }
  }

  /** How far it is; may be asked from any thread. */
  TableProgress progress() {
    return sparkWork
        .progress()
        .orElseGet(
            () -> {
              OptionalDouble share = bench.embedded().progress();
              return share.isPresent()
                  ? new TableProgress.Share(share.getAsDouble())
                  : new TableProgress.Unknown();
            });
  }

  private static boolean leavesOut(OnViolation action) {
    return action == OnViolation.DROP || action == OnViolation.QUARANTINE;
  }

  // Computing

  private void compute(String name) {
    if (node.isRead()) {
      computeSource(name);
    } else if (node.isJava()) {
      stageOnSpark(name, "SELECT * FROM " + Names.quote(callClass()));
    } else if (node.materialisation == Materialisation.INLINED) {
      defineInlined();
    } else {
      computeQuery(name);
    }
  }

  private void defineInlined() {
    if (node.isJava()) {
      bench.define(node.name(), new Place.Called(node.java()));
      return;
    }
    if (node.onSpark()) {
      bench.define(node.name(), new Place.Inlined(node.query().sql(), node.reads));
      return;
    }
    Optional<PreparedQuery> query = prepareHere();
    if (query.isPresent()) {
      engineSql = query.get().engineSql();
      bench.embedded().registerView(node.name(), query.get());
      bench.defineHere(node.name(), new Place.Inlined(node.query().sql(), node.reads));
    } else {
      bench.define(node.name(), new Place.Inlined(node.query().sql(), node.reads));
    }
  }

  /** Has Spark know what the class gives, and tells under which name. */
  private String callClass() {
    JavaCall call = node.java();
    bench.bringToSpark(node.reads);
    String view = Names.called(node.name());
    Result result =
        sparkWork.run(new JavaView(view, call.className(), call.inputs(), call.options()));
    String given = columns((StructType) DataType.fromJson(result.schemaJson()));
    String planned = columns(node.schema.orElseThrow());
    if (!given.equals(planned)) {
      throw new KindlingException(
          ErrorCode.JAVA_CLASS,
          "%s: Table '%s': the class %s gives the columns (%s), and %s (%s)."
              .formatted(
                  call.position(),
                  node.name(),
                  call.className(),
                  given,
                  call.schema().isPresent()
                      ? "'schema' says"
                      : "gave others for tables without rows",
                  planned));
    }
    return view;
  }

  private static String columns(StructType type) {
    return Stream.of(type.fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .collect(Collectors.joining(", "));
  }

  private void computeQuery(String name) {
    if (!node.onSpark()) {
      Optional<PreparedQuery> query = prepareHere();
      if (query.isPresent()) {
        try {
          materialiseHere(name, query.get());
          return;
        } catch (EngineFailure e) {
          moveToSpark(e);
        }
      }
    }
    stageOnSpark(name, node.query().sql());
  }

  // The query over its inputs as they are now; empty when it must go to Spark after all.
  private Optional<PreparedQuery> prepareHere() {
    List<Refusal> refusals = new ArrayList<>(bench.bringHere(node.reads));
    if (refusals.isEmpty()) {
      PreparedQuery query = bench.embedded().prepare(node.query().sql(), bench.params());
      if (query.translated()) {
        return Optional.of(query);
      }
      refusals.addAll(query.refusals());
    }
    if (bench.choice() == Engine.EMBEDDED) {
      throw Engines.refused(
          "Table '" + node.name() + "'", refusals.stream().map(Refusal::text).toList());
    }
    node.engine = Engine.SPARK;
    node.refusals.addAll(refusals);
    node.reasons.add("on Spark, because the embedded engine cannot give exactly Spark's answer");
    talk.accept("Table '" + node.name() + "' runs on Spark: " + Engines.oneLine(refusals));
    return Optional.empty();
  }

  private void moveToSpark(EngineFailure e) {
    String reason = Engines.reasonForSpark(e);
    if (bench.choice() == Engine.EMBEDDED) {
      throw new KindlingException(
          ErrorCode.SPARK_ERROR,
          "Table '" + node.name() + "': " + reason + ". With '--engine auto' Spark runs it again.",
          e);
    }
    node.engine = Engine.SPARK;
    node.reasons.add(reason);
    talk.accept("Table '" + node.name() + "' runs on Spark: " + reason);
    engineSql = Optional.empty();
    observer.leftToSpark();
  }

  private void materialiseHere(String name, PreparedQuery query) {
    engineSql = query.engineSql();
    observer.planned(query);
    if (node.materialisation == Materialisation.STAGED) {
      Path folder = bench.newFolder();
      WriteResult written =
          bench.natively(
              node.name(), () -> bench.embedded().writeParquet(query, folder, List.of(), Map.of()));
      rows = OptionalLong.of(written.rows());
      bytes = OptionalLong.of(written.bytes());
      bench.define(name, new Place.Staged(folder));
      observer.inFiles(folder);
      return;
    }
    bench.natively(
        node.name(),
        () -> {
          bench.embedded().materialise(name, query);
          return true;
        });
    bench.defineHere(name, new Place.Temporary());
    rows = OptionalLong.of(bench.count(countOf(name), Set.of(name)));
    observer.inTable(name, rows.getAsLong());
  }

  private void stageOnSpark(String name, String sql) {
    node.materialisation = Materialisation.STAGED;
    bench.bringToSpark(node.reads);
    Path folder = bench.newFolder();
    Result result = sparkWork.run(sql, Output.Staged.parquet(folder));
    node.schema = Optional.of((StructType) DataType.fromJson(result.schemaJson()));
    rows = result.rows();
    bytes = OptionalLong.of(result.bytes());
    bench.define(name, new Place.Staged(folder));
    if (name.equals(node.name())) {
      observer.inFiles(folder);
    }
  }

  // Sources

  private void computeSource(String name) {
    if (node.materialisation == Materialisation.INLINED) {
      if (!name.equals(node.name())) {
        bench.registerSource(name, node);
      }
      if (!node.onSpark() && node.read().format().equals("parquet")) {
        // The files' footers have the number.
        rows = OptionalLong.of(bench.count(countOf(name), Set.of(name)));
        observer.sampleHere(name);
      }
      return;
    }
    if (!node.onSpark()) {
      try {
        PreparedQuery query = bench.all(node.name());
        if (query.translated()) {
          materialiseHere(name, query);
          keepBadRecords();
          return;
        }
      } catch (EngineFailure e) {
        moveToSpark(e);
      }
    }
    readOnSpark(name);
  }

  private void keepBadRecords() {
    OnBadRecord mode = node.read().onBadRecord();
    if (mode != OnBadRecord.QUARANTINE && mode != OnBadRecord.DROP) {
      return;
    }
    long count = bench.embedded().badRecords(node.name());
    badRecords = Optional.of(badRecords(count));
    if (count > 0 && mode == OnBadRecord.QUARANTINE) {
      String records = Names.records(node.name());
      bench.embedded().registerBadRecords(node.name(), records);
      bench.natively(
          node.name(),
          () ->
              bench
                  .embedded()
                  .writeParquet(bench.all(records), quarantineFolder, List.of(), Map.of()));
    }
  }

  private static String countOf(String name) {
    return "SELECT count(*) FROM " + Names.quote(name);
  }

  private void readOnSpark(String name) {
    Read read = node.read();
    boolean text = read.format().equals("csv") || read.format().equals("json");
    if (text && read.onBadRecord() != OnBadRecord.PERMISSIVE) {
      readRecordsOnSpark(name);
      return;
    }
    bench.define(node.name(), new Place.Files(read));
    bench.bringToSpark(Set.of(node.name()));
    stageOnSpark(name, "SELECT * FROM " + Names.quote(node.name()));
  }

  // All records are staged, those that do not fit with their text: Spark parses the files once.
  private void readRecordsOnSpark(String name) {
    StructType schema = node.schema.orElseThrow();
    String source = Names.source(node.name());
    String all = Names.records(node.name());
    bench.define(source, new Place.Records(node.read(), schema));
    bench.bringToSpark(Set.of(source));
    stageOnSpark(
        all, "SELECT *, input_file_name() AS " + Workbench.FILE + " FROM " + Names.quote(source));
    long read = rows.orElse(0);
    node.schema = Optional.of(schema);
    String bad = " FROM " + Names.quote(all) + " WHERE " + Workbench.RECORD + " IS NOT NULL";
    long count = bench.count("SELECT count(*)" + bad, Set.of(all));
    badRecords = Optional.of(badRecords(count));
    if (count > 0) {
      handleBadRecords(bad, all, count);
    }
    bench.define(
        name,
        new Place.Inlined(
            "SELECT "
                + Names.quoted(List.of(schema.fieldNames()))
                + " FROM "
                + Names.quote(all)
                + " WHERE "
                + Workbench.RECORD
                + " IS NULL",
            Set.of(all)));
    rows = OptionalLong.of(read - count);
  }

  private void handleBadRecords(String bad, String all, long count) {
    switch (node.read().onBadRecord()) {
      case QUARANTINE ->
          bench.write(
              "SELECT "
                  + Workbench.FILE
                  + " AS `_file`, "
                  + Workbench.RECORD
                  + " AS `_record`, 'the record does not fit the schema' AS `_reason`"
                  + bad,
              Set.of(all),
              quarantineFolder);
      case FAIL -> {
        List<Optional<String>> first =
            bench
                .rows("SELECT " + Workbench.FILE + ", " + Workbench.RECORD + bad, Set.of(all), 1)
                .get(0);
        throw new KindlingException(
            ErrorCode.BAD_RECORD,
            ("%s: Table '%s': %d record%s not fit the schema, such as this one in %s:%n  %s%n"
                    + "Mend the file or the schema, or say on_bad_record: quarantine, drop or"
                    + " permissive.")
                .formatted(
                    node.read().position(),
                    node.name(),
                    count,
                    count == 1 ? " does" : "s do",
                    first.get(0).orElse("its source").replaceFirst("^file:/+", "/"),
                    first.get(1).orElse("").strip()));
      }
      case DROP, PERMISSIVE -> {}
    }
  }

  private BadRecords badRecords(long count) {
    return new BadRecords(
        count,
        count > 0 && node.read().onBadRecord() == OnBadRecord.QUARANTINE
            ? Optional.of(quarantineFolder.toString())
            : Optional.empty());
  }

  // Expectations

  private void check(Predicate<Expectation> which, String name) {
    List<Expectation> rules = node.table.expectations().stream().filter(which).toList();
    if (!rules.isEmpty()) {
      ExpectationChecks checks = new ExpectationChecks(node, bench, quarantineFolder);
      Map<Expectation, ExpectationResult> results = checks.results(rules, name);
      expectations.putAll(results);
      checks.failIfBroken(results);
    }
  }

  private List<String> columns() {
    return List.of(node.schema.orElseThrow().fieldNames());
  }

  private void leaveOut() {
    String raw = Names.raw(node.name());
    List<Expectation> out = new ArrayList<>();
    List<Expectation> kept = new ArrayList<>();
    boolean keys = false;
    for (Map.Entry<Expectation, ExpectationResult> entry : expectations.entrySet()) {
      Expectation rule = entry.getKey();
      if (entry.getValue().violations() == 0 || !leavesOut(rule.onViolation())) {
        continue;
      }
      out.add(rule);
      keys |= !Rules.perRow(rule);
      if (rule.onViolation() == OnViolation.QUARANTINE) {
        kept.add(rule);
      }
    }
    // Rules may look at other tables too, wherever their rows are.
    Set<String> reads = new LinkedHashSet<>(node.checkReads);
    reads.add(raw);
    if (!kept.isEmpty()) {
      bench.write(Rules.bad(kept, raw, columns()), reads, quarantineFolder);
    }
    String good =
        out.isEmpty() ? "SELECT * FROM " + Names.quote(raw) : Rules.good(out, raw, columns());
    rows = OptionalLong.empty();
    if (!keys && bench.choice() != Engine.SPARK && !node.onSpark()) {
      bench.define(node.name(), new Place.Inlined(good, reads));
      rows = OptionalLong.of(bench.count(countOf(node.name()), Set.of(node.name())));
      observer.sampleHere(node.name());
      return;
    }
    // Counting the rows of each key costs a sort: once is enough.
    Path folder = bench.newFolder();
    WriteResult written = bench.write(good, reads, folder);
    rows = OptionalLong.of(written.rows());
    bytes = OptionalLong.of(written.bytes());
    bench.define(node.name(), new Place.Staged(folder));
    observer.inFiles(folder);
  }

  // Output

  private void writeDirectly(StagedOutput output) {
    Write write = node.table.write().orElseThrow();
    if (node.isJava()) {
      writeOnSpark("SELECT * FROM " + Names.quote(callClass()), write, output);
      return;
    }
    if (!node.onSpark() && node.sparkWrites.isEmpty()) {
      Optional<PreparedQuery> query = prepareHere();
      if (query.isPresent()) {
        try {
          engineSql = query.get().engineSql();
          observer.planned(query.get());
          writeHere(query.get(), write, output);
          return;
        } catch (EngineFailure e) {
          moveToSpark(e);
          Scratch.empty(output.staging());
        }
      }
    }
    bench.bringToSpark(node.reads);
    writeOnSpark(node.query().sql(), write, output);
  }

  private void writeComputed(StagedOutput output) {
    Write write = node.table.write().orElseThrow();
    String sql = "SELECT * FROM " + Names.quote(node.name());
    if (node.sparkWrites.isEmpty()
        && bench.choice() != Engine.SPARK
        && bench.bringHere(Set.of(node.name())).isEmpty()) {
      PreparedQuery query = bench.all(node.name());
      if (query.translated()) {
        writeHere(query, write, output);
        return;
      }
    }
    bench.bringToSpark(Set.of(node.name()));
    writeOnSpark(sql, write, output);
  }

  private void writeHere(PreparedQuery query, Write write, StagedOutput output) {
    WriteResult written =
        bench.natively(
            node.name(),
            () ->
                bench
                    .embedded()
                    .writeParquet(query, output.staging(), write.partitionBy(), write.options()));
    rows = OptionalLong.of(written.rows());
    bytes = OptionalLong.of(written.bytes());
    observer.inFiles(output.staging());
  }

  private void writeOnSpark(String sql, Write write, StagedOutput output) {
    Result result =
        sparkWork.run(
            sql,
            new Output.Staged(
                output.staging(), write.format(), write.options(), write.partitionBy()));
    rows = result.rows();
    bytes = OptionalLong.of(result.bytes());
    if (write.format().equals("parquet")) {
      observer.inFiles(output.staging());
    }
  }

  // Record

  TableRecord record(TableStatus status) {
    return new TableRecord(
        node.name(),
        node.engine,
        status,
        node.materialisation,
        node.reasons.stream().distinct().toList(),
        node.refusalRecords(),
        node.columns(),
        node.sql(),
        engineSql,
        rows,
        bytes,
        (System.nanoTime() - startedNanos) / 1_000_000,
        badRecords,
        node.table.expectations().stream().map(expectations::get).filter(Objects::nonNull).toList(),
        List.copyOf(new TreeSet<>(node.reads)),
        node.table.write().map(Write::path),
        sparkWork.stages(),
        observer.seen(),
        Optional.empty());
  }
}
