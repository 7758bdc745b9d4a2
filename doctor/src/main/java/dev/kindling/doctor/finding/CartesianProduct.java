package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.QueryFacts;
import java.util.ArrayList;
import java.util.List;

/** Joins that compare every row of one side with every row of the other. */
final class CartesianProduct implements Check {
  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryFacts query : facts.queries()) {
      query
          .plan()
          .all()
          .filter(node -> node.is("CartesianProduct") || node.is("BroadcastNestedLoopJoin"))
          .forEach(node -> findings.add(finding(query, node, facts)));
    }
    return findings;
  }

  private static Finding finding(QueryFacts query, PlanNode node, Facts facts) {
    // Nothing in the log says how a stage's time is shared by its operators.
    long lost = facts.longestStage(node);
    List<String> evidence = new ArrayList<>();
    evidence.add(node.readable());
    node.figure("number of output rows")
        .ifPresent(rows -> evidence.add(Words.number(rows) + " rows came out of it"));
    evidence.add("the stage with it took " + Words.millis(lost));
    return new Finding(
        "cartesian-product",
        Loss.severity(lost, facts),
        Confidence.MEDIUM,
        Place.of(query),
        "A join has no equality that rows could be matched by: all pairs are compared.",
        evidence,
        List.of(
            "join on equal columns where the meaning allows it, and filter the rest after",
            "for ranges, join on a common bucket as well: floor(a / width) = floor(b / width)"),
        "most of " + Loss.share(lost, facts),
        lost);
  }
}
