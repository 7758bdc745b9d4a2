package dev.kindling.spark.extension;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.ImportedLeaf;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.run.RowSource;
import dev.kindling.embedded.run.SpooledRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;

/**
 * The one embedded session of a Spark application, shared by its Spark sessions: each use brings
 * its own settings. It is opened by the first plan and closed when the application ends.
 */
final class Engine {
  private static Engine current;

  private final EmbeddedSession session;

  private Engine(SQLConf conf, int threads) {
    session =
        EmbeddedSession.open(
            new EmbeddedOptions(
                Settings.memory(conf).isPresent() ? Settings.memory(conf) : Machine.spareMemory(),
                spillFolder(),
                threads,
                Map.of()));
  }

  static synchronized Engine of(SparkContext context, SQLConf conf) {
    if (current == null) {
      current = new Engine(conf, Math.max(1, context.defaultParallelism()));
      context.addSparkListener(
          new SparkListener() {
            @Override
            public void onApplicationEnd(SparkListenerApplicationEnd end) {
              shutDown();
            }
          });
    }
    return current;
  }

  private static void shutDown() {
    Engine ended;
    synchronized (Engine.class) {
      ended = current;
      current = null;
    }
    if (ended != null) {
      synchronized (ended) {
        ended.session.close();
      }
    }
  }

  private static Path spillFolder() {
    try {
      Path folder = Files.createTempDirectory("kindling-spill-");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does something with the settings of a Spark session in force; one caller at a time. */
  synchronized <T> T with(SQLConf conf, Function<EmbeddedSession, T> work) {
    session.adopt(Settings.sql(conf));
    return work.apply(session);
  }

  PreparedQuery prepare(SQLConf conf, LogicalPlan plan) {
    return with(conf, session -> session.prepare(plan));
  }

  ImportedLeaf leaf(SQLConf conf, Path root, Set<Path> files, List<AttributeReference> columns) {
    return with(conf, session -> session.imports().parquet(root, files, columns));
  }

  ImportedLeaf rows(SQLConf conf, String name, RowSource rows, List<AttributeReference> columns) {
    return with(conf, session -> session.imports().rows(name, rows, columns));
  }

  SpooledRows spool(SQLConf conf, PreparedQuery query) {
    return with(conf, session -> session.spool(query));
  }
}
