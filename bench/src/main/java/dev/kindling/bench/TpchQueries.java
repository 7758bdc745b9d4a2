package dev.kindling.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of the 22 queries, the files of {@code examples/tpch/queries}. */
final class TpchQueries {
  private TpchQueries() {}

  /** The SQL of query {@code number}, from 1 to 22. */
  static String sql(int number) {
    String name = "tpch/queries/q%02d.sql".formatted(number);
    try (InputStream in = TpchQueries.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
