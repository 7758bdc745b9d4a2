package dev.kindling.embedded;

import java.util.List;

/** What became of a source that was given a name. */
public sealed interface Registration {
  /**
   * The embedded engine reads it.
   *
   * @param schemaJson its schema, as Spark's JSON
   */
  record Native(String schemaJson, List<String> notes) implements Registration {
    public Native {
      notes = List.copyOf(notes);
    }
  }

  /** Only Spark can read it; the name is not known to the session. */
  record Refused(List<Refusal> refusals) implements Registration {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }
}
