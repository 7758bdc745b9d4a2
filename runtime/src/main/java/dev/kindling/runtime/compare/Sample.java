package dev.kindling.runtime.compare;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.OnBadRecord;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.pipeline.NativeSource;
import dev.kindling.runtime.script.DataFiles;
import dev.kindling.runtime.script.ScriptOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The first rows of every source, copied into Parquet files that both engines then read. Records
 * that do not fit a CSV source's schema are not in it.
 */
public final class Sample implements AutoCloseable {
  private final Scratch scratch = Scratch.temporary();
  private final EmbeddedSession session;
  private final long rows;
  private final Consumer<String> talk;
  private int copies;

  /**
   * @param rows of each source, at least 1
   * @param conf settings of Spark SQL
   * @param talk gets a line when a source is taken as a whole, and why
   */
  public Sample(
      long rows, Map<String, String> conf, OptionalLong memoryBytes, Consumer<String> talk) {
    this.rows = rows;
    this.talk = talk;
    session =
        EmbeddedSession.open(
            new EmbeddedOptions(
                memoryBytes,
                scratch.folder().resolve("spill"),
                Runtime.getRuntime().availableProcessors(),
                conf));
  }

  /** The options of a script with sampled tables. */
  public ScriptOptions of(ScriptOptions options) {
    Map<String, Path> tables = new LinkedHashMap<>();
    options
        .tables()
        .forEach(
            (name, path) -> {
              String format = DataFiles.format(path);
              if (format.equals(DataFiles.PARQUET)) {
                tables.put(name, copy(name, new Source.Parquet(path)).orElse(path));
              } else {
                whole(name, "only Spark reads this " + format + " source");
                tables.put(name, path);
              }
            });
    return new ScriptOptions(
        options.engine(),
        tables,
        options.conf(),
        options.params(),
        options.memoryBytes(),
        options.threads(),
        options.maxRows(),
        options.marker());
  }

  /** The pipeline with sampled sources. */
  public Pipeline of(Pipeline pipeline) {
    List<Table> tables = new ArrayList<>();
    for (Table table : pipeline.tables()) {
      tables.add(table.definition() instanceof Read read ? sampled(pipeline, table, read) : table);
    }
    return pipeline.withTables(tables);
  }

  private Table sampled(Pipeline pipeline, Table table, Read read) {
    List<Refusal> refusals = new ArrayList<>();
    Optional<Source> source = NativeSource.of(pipeline, read, refusals);
    if (source.isEmpty()) {
      whole(table.name(), refusals);
      return table;
    }
    return copy(table.name(), source.get())
        .map(
            folder ->
                new Table(
                    table.name(),
                    table.position(),
                    new Read(
                        "parquet",
                        folder.toString(),
                        Optional.empty(),
                        OnBadRecord.FAIL,
                        Map.of(),
                        read.position()),
                    table.expectations(),
                    table.write(),
                    table.tags()))
        .orElse(table);
  }

  private Optional<Path> copy(String name, Source source) {
    String table = "sample_" + (++copies);
    if (session.register(table, source) instanceof Registration.Refused refused) {
      whole(name, refused.refusals());
      return Optional.empty();
    }
    PreparedQuery query = session.prepare("SELECT * FROM " + table + " LIMIT " + rows, Map.of());
    if (!query.translated()) {
      whole(name, query.refusals());
      return Optional.empty();
    }
    try {
      Path folder = Files.createDirectories(scratch.create().resolve(table));
      session.writeParquet(query, folder, List.of(), Map.of());
      return Optional.of(folder);
    } catch (java.io.IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot write a sample of '" + name + "': " + e.getMessage(), e);
    }
  }

  private void whole(String name, List<Refusal> why) {
    whole(name, String.join("; ", why.stream().map(Refusal::text).toList()));
  }

  private void whole(String name, String why) {
    talk.accept("All of '%s' is compared, not a sample: %s".formatted(name, why));
  }

  @Override
  public void close() {
    session.close();
    scratch.close();
  }
}
