package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.QueryFacts;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Scans of all folders of a partitioned table for a query that filters on other columns. */
final class UnprunedPartitions implements Check {
  private static final long MANY = 10;
  private static final long READ_BYTES_A_SECOND = 100L << 20;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryFacts query : facts.queries()) {
      query
          .plan()
          .all()
          .filter(node -> node.name().startsWith("Scan"))
          .filter(node -> isNone(node.metadata().get("PartitionFilters")))
          // Without any filter the query wants everything.
          .filter(node -> !isNone(node.metadata().get("DataFilters")))
          .forEach(node -> addIfMany(query, node, facts, findings));
    }
    return findings;
  }

  private static boolean isNone(String filters) {
    return filters == null || filters.equals("[]");
  }

  private static void addIfMany(
      QueryFacts query, PlanNode scan, Facts facts, List<Finding> findings) {
    OptionalLong partitions = scan.figure("number of partitions read");
    if (partitions.isEmpty() || partitions.getAsLong() < MANY) {
      return;
    }
    long bytes = scan.figure("size of files read").orElse(0);
    long lost = bytes * 1_000 / READ_BYTES_A_SECOND / facts.slots();
    findings.add(
        new Finding(
            "unpruned-partitions",
            Loss.severity(lost, facts),
            Confidence.MEDIUM,
            Place.of(query),
            "A query reads all %s partitions of a table: its filters are on other columns."
                .formatted(Words.number(partitions.getAsLong())),
            List.of(
                scan.metadata().getOrDefault("Location", scan.name()),
                "filters: " + PlanNode.readable(scan.metadata().getOrDefault("DataFilters", ""))),
            List.of(
                "filter on the partition column as well, where rows of one value lie in few partitions",
                "or partition the table by what queries filter on"),
            "up to " + Loss.share(lost, facts) + ", the scan of " + ByteSize.show(bytes),
            lost));
  }
}
