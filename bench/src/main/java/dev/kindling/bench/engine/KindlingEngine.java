package dev.kindling.bench.engine;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;

/**
 * Kindling's embedded engine. A query that it leaves to Spark is a failure here: what is measured
 * is never another engine in disguise.
 */
final class KindlingEngine implements BenchEngine {
  private final EngineSettings settings;
  private final EmbeddedSession session;

  KindlingEngine(EngineSettings settings) {
    this.settings = settings;
    session = open(settings);
  }

  private static EmbeddedSession open(EngineSettings settings) {
    return EmbeddedSession.open(
        new EmbeddedOptions(
            OptionalLong.of(settings.memoryBytes()),
            settings.scratch(),
            settings.threads(),
            Map.of()));
  }

  @Override
  public String version() {
    String version = KindlingEngine.class.getPackage().getImplementationVersion();
    return version == null ? "Kindling" : "Kindling " + version;
  }

  @Override
  public void register(String table, Path folder) {
    register(session, table, new Source.Parquet(folder));
  }

  private static void register(EmbeddedSession session, String table, Source source) {
    if (session.register(table, source) instanceof Registration.Refused refused) {
      throw new IllegalStateException("left to Spark: " + texts(refused.refusals()));
    }
  }

  @Override
  public QueryResult run(String sql) {
    long start = System.nanoTime();
    PreparedQuery query = prepare(session, sql);
    long planned = System.nanoTime();
    StructField[] fields = query.schema().fields();
    List<Object[]> fetched = new ArrayList<>();
    try (RowCursor cursor = session.rows(query)) {
      while (cursor.next()) {
        Object[] row = new Object[fields.length];
        for (int column = 0; column < fields.length; column++) {
          row[column] = cursor.value(column);
        }
        fetched.add(row);
      }
    }
    long end = System.nanoTime();
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (StructField field : fields) {
      names.add(field.name());
      types.add(field.dataType().simpleString());
    }
    return new QueryResult(
        Optional.of(Duration.ofNanos(planned - start)),
        Duration.ofNanos(end - planned),
        new ResultTable(names, types, fetched.stream().map(Values::texts).toList()),
        Optional.empty(),
        query.usesSparkCode());
  }

  @Override
  public Duration convertCsv(Path csv, String schema, Path output) throws IOException {
    Files.createDirectories(output);
    // A session looks through a source once; every conversion has to pay for that look.
    try (EmbeddedSession fresh = open(settings)) {
      prepare(fresh, "SELECT 1");
      long start = System.nanoTime();
      register(
          fresh,
          "csv_input",
          new Source.Csv(csv, schema, Map.of("sep", "|"), Source.BadRecords.PERMISSIVE));
      fresh.writeParquet(prepare(fresh, "SELECT * FROM csv_input"), output, List.of(), Map.of());
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  private static PreparedQuery prepare(EmbeddedSession session, String sql) {
    PreparedQuery query = session.prepare(sql, Map.of());
    if (!query.translated()) {
      throw new IllegalStateException("left to Spark: " + texts(query.refusals()));
    }
    return query;
  }

  private static String texts(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::text).collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    session.close();
  }
}
