package dev.kindling.embedded.read;

import dev.kindling.embedded.Refusal;
import java.util.List;

/** What a source turned out to be. */
public sealed interface GatedSource {
  /** DuckDB reads it. */
  record Readable(Relation relation) implements GatedSource {}

  /** Only Spark can read it. */
  record Refused(List<Refusal> refusals) implements GatedSource {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }
}
