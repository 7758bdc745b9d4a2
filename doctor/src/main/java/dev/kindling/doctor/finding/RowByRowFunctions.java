package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.QueryFacts;
import java.util.ArrayList;
import java.util.List;

/** Functions in Python that get their rows one by one. */
final class RowByRowFunctions implements Check {
  // An assumption: the log does not say what of the stage the function took.
  private static final double SHARE_LOST = 0.5;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryFacts query : facts.queries()) {
      query
          .plan()
          .all()
          .filter(node -> node.is("BatchEvalPython"))
          .forEach(node -> findings.add(finding(query, node, facts)));
    }
    return findings;
  }

  private static Finding finding(QueryFacts query, PlanNode node, Facts facts) {
    long stage = facts.longestStage(node);
    long lost = (long) (SHARE_LOST * stage);
    return new Finding(
        "row-by-row-function",
        Loss.severity(lost, facts),
        Confidence.MEDIUM,
        Place.of(query),
        "A Python function gets its rows one by one.",
        List.of(node.readable(), "the stage with it took " + Words.millis(stage)),
        List.of(
            "Spark SQL's own functions, where they can say it",
            "else @pandas_udf, or --conf spark.sql.execution.pythonUDF.arrow.enabled=true"),
        "about half of the stage: " + Loss.share(lost, facts),
        lost);
  }
}
