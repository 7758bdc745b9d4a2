package dev.kindling.embedded;

import java.util.Map;
import java.util.Optional;

/** What kind of statement a text is. */
public sealed interface Statement {
  /** A query: gives rows. */
  record Query(String sql) implements Statement {}

  /** {@code SET key = value}, or {@code SET key} to show it. */
  record SetConf(String key, Optional<String> value) implements Statement {}

  /** {@code RESET [key]}. */
  record Reset(Optional<String> key) implements Statement {}

  /** {@code CREATE [OR REPLACE] TEMPORARY VIEW name AS query}. */
  record CreateTempView(String name, String querySql, boolean replace) implements Statement {}

  /** {@code CREATE [OR REPLACE] TEMPORARY VIEW name [(schema)] USING format OPTIONS (…)}. */
  record CreateTempViewUsing(
      String name,
      String format,
      Map<String, String> options,
      Optional<String> ddl,
      boolean replace)
      implements Statement {
    public CreateTempViewUsing {
      options = Map.copyOf(options);
    }
  }

  /** {@code DROP VIEW [IF EXISTS] name}. */
  record DropView(String name, boolean ifExists) implements Statement {}

  /** Any other command: Spark's. */
  record Other(String sql, String what) implements Statement {}
}
