package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** What became of a relation in a plan that another Spark session has analysed. */
public sealed interface ImportedLeaf {
  /** The embedded engine reads it; {@code plan} takes its place. */
  record Leaf(LogicalPlan plan) implements ImportedLeaf {
    public Leaf {
      requireNonNull(plan, "plan is null");
    }
  }

  /** Only Spark can read it. */
  record Refused(List<Refusal> refusals) implements ImportedLeaf {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }

  static Refused refused(String name, String why) {
    return new Refused(List.of(Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, name, why)));
  }
}
