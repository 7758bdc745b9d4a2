package dev.kindling.junit;

import dev.kindling.spark.extension.KindlingExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The one Spark of a JVM, which takes seconds to start; sessions in it cost nothing. JUnit closes
 * it after the last test.
 */
final class SharedSpark implements AutoCloseable {
  private static final String KINDLING = "spark.kindling.enabled";

  private final SparkSession first;
  private final Path warehouse;

  private SharedSpark(SparkSession first, Path warehouse) {
    this.first = first;
    this.warehouse = warehouse;
  }

  static SharedSpark start() {
    Path warehouse;
    try {
      warehouse = Files.createTempDirectory("spark-warehouse-");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a folder for the tables of tests", e);
    }
    SparkSession first =
        SparkSession.builder()
            .master("local[*]")
            .appName("tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            // Few rows: every partition more is a task more, and costs more than its rows.
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", warehouse.toString())
            // Extensions belong to Spark as a whole; sessions switch this one on and off.
            .config("spark.sql.extensions", KindlingExtension.class.getName())
            .config(KINDLING, "false")
            .getOrCreate();
    return new SharedSpark(first, warehouse);
  }

  /** A session with settings, views and functions of its own. */
  SparkSession session(Optional<SparkTest> wishes) {
    SparkSession session = first.newSession();
    for (String name : List.of("spark.sql.session.timeZone", "spark.sql.shuffle.partitions")) {
      session.conf().set(name, first.conf().get(name));
    }
    session.conf().set(KINDLING, wishes.map(SparkTest::kindling).orElse(false));
    for (String setting : wishes.map(SparkTest::conf).orElse(new String[0])) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new ExtensionConfigurationException(
            "Cannot read '%s' in 'conf' of @SparkTest (accepted: KEY=VALUE, such as spark.sql.ansi.enabled=false)"
                .formatted(setting));
      }
      session.conf().set(setting.substring(0, equals).strip(), setting.substring(equals + 1));
    }
    return session;
  }

  @Override
  public void close() throws IOException {
    first.stop();
    try (Stream<Path> files = Files.walk(warehouse)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
