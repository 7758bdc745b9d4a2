package dev.kindling.embedded.run;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.EngineFailure;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sources that queries of one DuckDB read by a number. DuckDB cannot drop a function, so that
 * one function reads all of them; a source is forgotten when nobody holds its {@link Held} any
 * more.
 */
public final class RowSources {
  private final String function;
  private final AtomicLong last = new AtomicLong();
  private final Map<Long, WeakReference<RowSource>> sources = new ConcurrentHashMap<>();

  /**
   * A source that queries may read as long as this is held.
   *
   * @param call the table function's call in DuckDB's SQL
   */
  public record Held(RowSource source, String call) {
    public Held {
      requireNonNull(source, "source is null");
      requireNonNull(call, "call is null");
    }
  }

  RowSources(DuckDb duckDb) {
    function = RowFunction.registerNumbered(duckDb, this::find);
  }

  /** Makes a source known to queries. */
  public Held hold(RowSource source) {
    sources.values().removeIf(reference -> reference.get() == null);
    long number = last.incrementAndGet();
    sources.put(number, new WeakReference<>(source));
    return new Held(source, function + "(" + number + ")");
  }

  private RowSource find(long number) {
    WeakReference<RowSource> reference = sources.get(number);
    RowSource source = reference == null ? null : reference.get();
    if (source == null) {
      throw new EngineFailure(
          EngineFailure.Reason.INTERNAL, "no query holds the rows " + number + " any more", null);
    }
    return source;
  }
}
