package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.WriteResult;
import dev.kindling.embedded.frontend.FixedTime;
import dev.kindling.embedded.frontend.FixedTimeExtension;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.record.TargetRecord;
import dev.kindling.runtime.Engines;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.RowSpool;
import dev.kindling.runtime.Rows;
import dev.kindling.runtime.SparkSide;
import dev.kindling.runtime.UserClasses;
import dev.kindling.runtime.script.Columns;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.spark.protocol.JavaView;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Query;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SourceSpec;
import dev.kindling.spark.protocol.SqlView;
import dev.kindling.spark.protocol.Statement;
import dev.kindling.spark.protocol.TextRows;
import dev.kindling.spark.protocol.View;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Both engines over the tables of one pipeline. It knows where the rows of each name are and brings
 * them to the other engine when a query there needs them.
 */
final class Workbench implements AutoCloseable {
  private final Pipeline pipeline;
  private final Engine choice;
  private final NativeMarker marker;
  private final Path folder;
  private final Map<String, String> params = new LinkedHashMap<>();
  private final EmbeddedSession embedded;
  private final SparkSide spark;
  private final Interruption.Registration interruption;
  private final OptionalLong memory;
  private final UserClasses classes;
  private Optional<Target> target;

  // By name in lower case.
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> knownHere = new HashSet<>();
  private final Set<String> knownOnSpark = new HashSet<>();
  private int exports;

  /**
   * @param folder for spilled rows, staged tables and Spark's own files; the caller deletes it
   */
  Workbench(Pipeline pipeline, PipelineOptions options, Path folder) {
    this(pipeline, options, folder, Map.of());
  }

  /**
   * @param sparkConf settings of a Spark child beside the pipeline's
   */
  Workbench(
      Pipeline pipeline, PipelineOptions options, Path folder, Map<String, String> sparkConf) {
    this.pipeline = pipeline;
    this.choice = options.engineFor(pipeline);
    this.marker = options.marker();
    this.folder = folder;
    pipeline.params().forEach((name, param) -> params.put(name, param.sqlLiteral()));
    this.memory = options.memoryFor(pipeline);
    this.target = options.target();
    this.classes = new UserClasses(pipeline, folder);
    this.embedded =
        EmbeddedSession.open(
            new EmbeddedOptions(
                memory, folder.resolve("spill"), options.threadCount(), pipeline.conf()));
    Map<String, String> conf = new LinkedHashMap<>(embedded.conf());
    // What a cluster's pages and other users' errors call it.
    conf.putIfAbsent("spark.app.name", pipeline.name());
    conf.putAll(sparkConf);
    this.spark =
        new SparkSide(folder, conf, memory, options.threads(), options.target(), classes::jars);
    this.interruption =
        Interruption.onInterrupt(
            () -> {
              embedded.cancel();
              spark.cancel();
            });
  }

  EmbeddedSession embedded() {
    return embedded;
  }

  SparkSide spark() {
    return spark;
  }

  /** The classes that the pipeline brings along. */
  UserClasses classes() {
    return classes;
  }

  Map<String, String> params() {
    return params;
  }

  /** The engine that the user chose, perhaps {@code AUTO}. */
  Engine choice() {
    return choice;
  }

  /** The target on which Spark runs; empty for a Spark of this machine's own. */
  Optional<Target> target() {
    return target;
  }

  /** The target as the record of a run shows it. */
  Optional<TargetRecord> targetRecord() {
    return target.map(known -> new TargetRecord(known.name(), known.master(), spark.decided()));
  }

  /** Runs on this target what Spark runs. */
  void useTarget(Target other) {
    target = Optional.of(other);
    spark.moveTo(other);
  }

  /**
   * Has {@code current_timestamp()} and its like give one time from now on, on both engines; or the
   * clock's again. Spark has to have {@link FixedTimeExtension}.
   */
  void fixTime(Optional<String> timestamp) {
    Optional<String> setting = embedded.fixTime(timestamp);
    spark.change(new Statement(setting.orElse("RESET " + FixedTime.SETTING)));
  }

  /** What this machine has for one query. */
  Room room() {
    return Room.of(memory, folder);
  }

  // Names

  /** Says where the rows of a name are; neither engine knows the name by that yet. */
  void define(String name, Place place) {
    places.put(Names.key(name), place);
    knownHere.remove(Names.key(name));
    knownOnSpark.remove(Names.key(name));
  }

  /** Says so, and that the embedded engine knows the name. */
  void defineHere(String name, Place place) {
    define(name, place);
    knownHere.add(Names.key(name));
  }

  /** Makes Spark know names, with the same rows. */
  void bringToSpark(Set<String> names) {
    for (String name : names) {
      Place place = places.get(Names.key(name));
      if (place == null || !knownOnSpark.add(Names.key(name))) {
        continue;
      }
      if (place instanceof Place.Files files) {
        spark.change(new View(name, spec(files.read())));
      } else if (place instanceof Place.Records records) {
        spark.change(new View(name, recordsSpec(records.read(), records.schema())));
      } else if (place instanceof Place.Inlined inlined) {
        bringToSpark(inlined.reads());
        spark.change(new SqlView(name, inlined.sql(), params));
      } else if (place instanceof Place.Called called) {
        JavaCall call = called.call();
        bringToSpark(Set.copyOf(call.inputs()));
        spark.change(new JavaView(name, call.className(), call.inputs(), call.options()));
      } else if (place instanceof Place.Staged staged) {
        spark.change(new View(name, SourceSpec.parquet(staged.folder().toString())));
      } else {
        Path export = newFolder();
        natively(name, () -> embedded.writeParquet(all(name), export, List.of(), Map.of()));
        spark.change(new View(name, SourceSpec.parquet(export.toString())));
      }
    }
  }

  /**
   * Makes the embedded engine know names, with the same rows.
   *
   * @return why it cannot; empty when it can
   */
  List<Refusal> bringHere(Set<String> names) {
    List<Refusal> refusals = new ArrayList<>();
    for (String name : names) {
      Place place = places.get(Names.key(name));
      if (place == null || knownHere.contains(Names.key(name))) {
        continue;
      }
      if (place instanceof Place.Staged staged) {
        Registration registration = embedded.register(name, new Source.Parquet(staged.folder()));
        if (registration instanceof Registration.Refused refused) {
          refusals.addAll(refused.refusals());
          continue;
        }
      } else if (place instanceof Place.Inlined inlined) {
        List<Refusal> inner = bringHere(inlined.reads());
        if (!inner.isEmpty()) {
          refusals.addAll(inner);
          continue;
        }
        embedded.registerView(name, embedded.prepare(inlined.sql(), params));
      } else {
        refusals.add(Refusal.of(RefusalCode.SOURCE_ON_SPARK, name, "only Spark reads this source"));
        continue;
      }
      knownHere.add(Names.key(name));
    }
    return refusals;
  }

  /** Gives a source a second name. */
  void registerSource(String name, Node node) {
    Optional<Source> source =
        node.onSpark()
            ? Optional.empty()
            : NativeSource.of(pipeline, node.read(), new ArrayList<>());
    if (source.isPresent()
        && embedded.register(name, source.get()) instanceof Registration.Native) {
      defineHere(name, new Place.Files(node.read()));
    } else {
      define(name, new Place.Files(node.read()));
    }
  }

  /** A new path for a table of this run. */
  Path newFolder() {
    exports++;
    return folder.resolve("tables").resolve(Integer.toString(exports));
  }

  // Sources

  /** How Spark reads a source whose bad records have their fields set to NULL. */
  SourceSpec spec(Read read) {
    return new SourceSpec(
        read.format(), List.of(pipeline.resolve(read.path())), read.schema(), read.options());
  }

  /**
   * How Spark reads a source whose bad records are looked at: their text is in the column {@link
   * #RECORD}, which is NULL for a record that fits.
   */
  SourceSpec recordsSpec(Read read, StructType schema) {
    Map<String, String> options = new LinkedHashMap<>(read.options());
    options.put("mode", "PERMISSIVE");
    options.put("columnNameOfCorruptRecord", RECORD);
    return new SourceSpec(
        read.format(),
        List.of(pipeline.resolve(read.path())),
        Optional.of(read.schema().orElseGet(schema::toDDL) + ", " + RECORD + " STRING"),
        options);
  }

  /** The column with the text of a record that does not fit. */
  static final String RECORD = "__kindling_record";

  /** The column with the file of a record. */
  static final String FILE = "__kindling_file";

  // Queries

  /** All rows of a name that the embedded engine knows. */
  PreparedQuery all(String name) {
    return embedded.prepare("SELECT * FROM " + Names.quote(name), Map.of());
  }

  /** An empty table of this schema under the name, for planning what reads it. */
  void placeholder(String name, StructType schema) {
    List<String> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      columns.add("CAST(NULL AS " + field.dataType().sql() + ") AS " + Names.quote(field.name()));
    }
    PreparedQuery query =
        embedded.prepare("SELECT " + String.join(", ", columns) + " WHERE false", Map.of());
    if (query.translated()) {
      embedded.materialise(name, query);
    } else {
      embedded.register(
          name,
          new Source.Declared(
              schema.json(),
              Refusal.of(
                  RefusalCode.SOURCE_ON_SPARK,
                  name,
                  "its rows stay on Spark, because they hold a type that the embedded engine does"
                      + " not read")));
    }
  }

  /** Whether the native library took the process before this one down over a table. */
  boolean crashedIn(String table) {
    return marker.crashedIn().filter(("table " + table)::equalsIgnoreCase).isPresent();
  }

  // A query of Kindling's own over a table that crashed reads the same rows in the same library.
  private boolean mayRunHere(Set<String> reads) {
    return choice != Engine.SPARK
        && reads.stream().noneMatch(name -> crashedIn(Names.user(name)))
        && bringHere(reads).isEmpty();
  }

  private static String users(Set<String> reads) {
    return String.join(", ", reads.stream().map(Names::user).toList());
  }

  /** Runs something in the native library, named for the case that it takes the process down. */
  <T> T natively(String table, Supplier<T> work) {
    marker.enter("table " + table);
    try {
      return work.get();
    } finally {
      marker.leave();
    }
  }

  /**
   * The first rows of a query of Kindling's own over names of this pipeline, NULL as empty: on the
   * embedded engine where it can, on Spark elsewhere.
   */
  List<List<Optional<String>>> rows(String sql, Set<String> reads, int max) {
    if (mayRunHere(reads)) {
      PreparedQuery query = embedded.prepare(sql, params);
      if (query.translated()) {
        try {
          return natively(users(reads), () -> rowsHere(query, max));
        } catch (EngineFailure e) {
          leaveToSpark(users(reads), e);
        }
      } else if (choice == Engine.EMBEDDED) {
        throw Engines.refused(
            "A query over " + users(reads), query.refusals().stream().map(Refusal::text).toList());
      }
    }
    bringToSpark(reads);
    Path file = newFolder();
    SparkSide.orThrow(
        spark.ask(new Query(sql, params, new Output.Text(prepared(file)), OptionalLong.of(max))));
    try (TextRows rows = TextRows.open(file)) {
      List<List<Optional<String>>> all = new ArrayList<>();
      rows.forEachRemaining(all::add);
      return all;
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the rows of Spark", file);
    }
  }

  /** Gets all rows of a name. */
  interface AllRows {
    void accept(Engine engine, List<ResultColumn> columns, Rows rows);
  }

  /** Hands out all rows of a name, from the engine that has them; they end with the call. */
  void allRows(String name, AllRows reader) {
    if (mayRunHere(Set.of(name))) {
      PreparedQuery query = all(name);
      if (query.translated()) {
        try {
          allRowsHere(name, query, reader);
          return;
        } catch (EngineFailure e) {
          leaveToSpark(name, e);
        }
      }
    }
    if (choice == Engine.EMBEDDED) {
      throw Engines.refused("Table '" + name + "'", refusals(name));
    }
    bringToSpark(Set.of(name));
    Path file = prepared(newFolder());
    Result result =
        SparkSide.orThrow(
            spark.ask(new Query("SELECT * FROM " + Names.quote(name), new Output.Text(file))));
    List<ResultColumn> columns = Columns.ofJson(result.schemaJson());
    try (RowSpool spool = new RowSpool(folder, columns.size());
        TextRows rows = TextRows.open(file)) {
      while (rows.hasNext()) {
        spool.add(rows.next().stream().map(cell -> cell.orElse(null)).toArray(String[]::new));
      }
      reader.accept(Engine.SPARK, columns, spool);
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the rows of Spark", file);
    }
  }

  private List<String> refusals(String name) {
    List<Refusal> refusals = new ArrayList<>(bringHere(Set.of(name)));
    if (refusals.isEmpty()) {
      refusals.addAll(all(name).refusals());
    }
    return refusals.isEmpty()
        ? List.of("the native engine crashed in it")
        : refusals.stream().map(Refusal::text).distinct().toList();
  }

  /** Throws where Spark cannot mend an error, or may not. */
  private void leaveToSpark(String table, EngineFailure e) {
    String reason = Engines.reasonForSpark(e);
    if (choice == Engine.EMBEDDED) {
      throw new KindlingException(
          ErrorCode.SPARK_ERROR,
          "Table '" + table + "': " + reason + ". With '--engine auto' Spark runs it again.",
          e);
    }
  }

  private void allRowsHere(String name, PreparedQuery query, AllRows reader) {
    List<ResultColumn> columns = Columns.of(query.schema());
    try (RowSpool spool = new RowSpool(folder, columns.size())) {
      natively(
          name,
          () -> {
            try (RowCursor cursor = embedded.rows(query)) {
              while (cursor.next()) {
                String[] cells = new String[columns.size()];
                for (int c = 0; c < cells.length; c++) {
                  cells[c] = cursor.value(c) == null ? null : cursor.text(c);
                }
                spool.add(cells);
              }
            }
            return true;
          });
      reader.accept(Engine.EMBEDDED, columns, spool);
    }
  }

  /** The one number that a query of Kindling's own gives. */
  long count(String sql, Set<String> reads) {
    return Long.parseLong(rows(sql, reads, 1).get(0).get(0).orElseThrow());
  }

  private static Path prepared(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return file;
    } catch (IOException e) {
      throw FileErrors.translate(e, "create a folder for temporary files", file.getParent());
    }
  }

  /** How many rows of each table the report shows. */
  int sampleRows() {
    return pipeline.runs().sampleRows();
  }

  /** The numbers of the one row of a query of Kindling's own, from the embedded engine alone. */
  Optional<List<Long>> numbersHere(String sql) {
    PreparedQuery query = embedded.prepare(sql, Map.of());
    return query.translated()
        ? Optional.of(
            rowsHere(query, 1).get(0).stream()
                .map(cell -> Long.parseLong(cell.orElseThrow()))
                .toList())
        : Optional.empty();
  }

  /** The first rows of a translated query, NULL as empty. */
  List<List<Optional<String>>> rowsHere(PreparedQuery query, int max) {
    List<List<Optional<String>>> rows = new ArrayList<>();
    int columns = query.schema().length();
    try (RowCursor cursor = embedded.rows(query)) {
      while (rows.size() < max && cursor.next()) {
        List<Optional<String>> row = new ArrayList<>(columns);
        for (int c = 0; c < columns; c++) {
          row.add(cursor.value(c) == null ? Optional.empty() : Optional.of(cursor.text(c)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Writes a query of Kindling's own as Parquet, on whichever engine can. */
  WriteResult write(String sql, Set<String> reads, Path to) {
    if (mayRunHere(reads)) {
      PreparedQuery query = embedded.prepare(sql, params);
      if (query.translated()) {
        try {
          return natively(
              users(reads), () -> embedded.writeParquet(query, to, List.of(), Map.of()));
        } catch (EngineFailure e) {
          Engines.reasonForSpark(e);
        }
      }
    }
    if (choice == Engine.EMBEDDED) {
      throw new KindlingException(
          ErrorCode.REFUSED,
          "The rows left out of "
              + users(reads)
              + " can only be written by Spark, and '--engine embedded' forbids that.");
    }
    bringToSpark(reads);
    Result result =
        SparkSide.orThrow(
            spark.ask(new Query(sql, params, Output.Staged.parquet(to), OptionalLong.empty())));
    return new WriteResult(result.rows().orElse(0), result.files().size(), result.bytes());
  }

  @Override
  public void close() {
    interruption.close();
    try {
      spark.close();
    } finally {
      embedded.close();
    }
  }
}
