package dev.kindling.embedded;

import java.util.List;

/** A query names a source that only Spark can read; Spark has to run it. */
public final class RefusedSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final transient List<Refusal> refusals;

  RefusedSourceException(String table, List<Refusal> refusals) {
    super("Spark has to read " + table);
    this.table = table;
    this.refusals = List.copyOf(refusals);
  }

  public String table() {
    return table;
  }

  public List<Refusal> refusals() {
    return refusals;
  }
}
