package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.QueryFacts;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Joins that shuffled both sides although one is small enough to be sent to every executor. */
final class MissedBroadcast implements Check {
  // Spark's own limit for what it estimates; the shuffle's size is known exactly, and larger than
  // the same rows as a hashed relation by little.
  private static final long SMALL = 10L << 20;
  private static final int MUCH_LARGER = 5;
  private static final long SHUFFLED_BYTES_A_SECOND = 50L << 20;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryFacts query : facts.queries()) {
      query
          .plan()
          .all()
          .filter(node -> node.is("SortMergeJoin") || node.is("ShuffledHashJoin"))
          .filter(node -> node.children().size() == 2)
          .forEach(join -> addIfMissed(query, join, facts, findings));
    }
    return findings;
  }

  private static void addIfMissed(
      QueryFacts query, PlanNode join, Facts facts, List<Finding> findings) {
    OptionalLong left = shuffled(join.children().get(0));
    OptionalLong right = shuffled(join.children().get(1));
    if (left.isEmpty() || right.isEmpty()) {
      return;
    }
    boolean leftIsSmall = left.getAsLong() <= right.getAsLong();
    long small = Math.min(left.getAsLong(), right.getAsLong());
    long large = Math.max(left.getAsLong(), right.getAsLong());
    if (small > SMALL || large < MUCH_LARGER * small || !mayBroadcast(join, leftIsSmall)) {
      return;
    }
    long lost = large * 1_000 / SHUFFLED_BYTES_A_SECOND / facts.slots();
    findings.add(
        new Finding(
            "missed-broadcast",
            Loss.severity(lost, facts),
            Confidence.HIGH,
            Place.of(query),
            "A join shuffled %s although its other side has only %s."
                .formatted(ByteSize.show(large), ByteSize.show(small)),
            List.of(
                join.readable(),
                "spark.sql.autoBroadcastJoinThreshold=%s"
                    .formatted(facts.conf("spark.sql.autoBroadcastJoinThreshold", "10485760"))),
            List.of(
                "/*+ BROADCAST(%s) */ in the query, for the %s side of this join"
                    .formatted("table", leftIsSmall ? "left" : "right"),
                "or --conf spark.sql.autoBroadcastJoinThreshold=%d"
                    .formatted(Math.max(SMALL, 2 * small))),
            "about "
                + Loss.share(lost, facts)
                + ", the shuffle and the sort of the large side at %s a second and core"
                    .formatted(ByteSize.show(SHUFFLED_BYTES_A_SECOND)),
            lost));
  }

  // The side whose unmatched rows an outer join keeps cannot be the one that is sent.
  private static boolean mayBroadcast(PlanNode join, boolean left) {
    String text = join.text();
    if (text.contains("FullOuter")) {
      return false;
    }
    return left
        ? !text.contains("LeftOuter") && !text.contains("LeftSemi") && !text.contains("LeftAnti")
        : !text.contains("RightOuter");
  }

  // The size of the rows that come to this side, as the nearest shuffle below counted them.
  private static OptionalLong shuffled(PlanNode side) {
    if (side.is("Exchange")) {
      return side.figure("data size");
    }
    return side.children().size() == 1 ? shuffled(side.children().get(0)) : OptionalLong.empty();
  }
}
