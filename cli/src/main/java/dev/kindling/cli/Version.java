package dev.kindling.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions as the build knows them. */
final class Version {
  private Version() {}

  static String kindling() {
    return properties().getProperty("version");
  }

  static String line() {
    Properties versions = properties();
    return "kindling %s (Spark SQL %s, DuckDB %s, Java %s)"
        .formatted(
            versions.getProperty("version"),
            versions.getProperty("spark"),
            versions.getProperty("duckdb"),
            System.getProperty("java.version"));
  }

  private static Properties properties() {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the versions", e);
    }
    return versions;
  }
}
