package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.PlanNode;
import dev.kindling.doctor.facts.QueryFacts;
import dev.kindling.model.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Scans of many files that are far smaller than a task's share. */
final class SmallFiles implements Check {
  private static final long MANY = 100;
  private static final long SMALL = 8L << 20;
  private static final long COMFORTABLE = 128L << 20;
  // To list, open and read the footer of one on a local disk; object stores take ten times as long.
  private static final long MILLIS_A_FILE = 5;

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryFacts query : facts.queries()) {
      query
          .plan()
          .all()
          .filter(node -> node.name().startsWith("Scan"))
          .forEach(node -> addIfSmall(query, node, facts, findings));
    }
    return findings;
  }

  private static void addIfSmall(
      QueryFacts query, PlanNode scan, Facts facts, List<Finding> findings) {
    OptionalLong files = scan.figure("number of files read");
    OptionalLong bytes = scan.figure("size of files read");
    if (files.isEmpty()
        || bytes.isEmpty()
        || files.getAsLong() < MANY
        || bytes.getAsLong() / files.getAsLong() > SMALL) {
      return;
    }
    long fitting = Math.max(1, (bytes.getAsLong() + COMFORTABLE - 1) / COMFORTABLE);
    long lost = (files.getAsLong() - fitting) * MILLIS_A_FILE / facts.slots();
    findings.add(
        new Finding(
            "small-files",
            Loss.severity(lost, facts),
            Confidence.HIGH,
            Place.of(query),
            "A scan reads %s files of %s each."
                .formatted(
                    Words.number(files.getAsLong()),
                    ByteSize.show(bytes.getAsLong() / files.getAsLong())),
            List.of(
                scan.metadata().getOrDefault("Location", scan.name()),
                "%s in all; Spark packs them into fewer tasks, but opens each"
                    .formatted(ByteSize.show(bytes.getAsLong()))),
            List.of(
                "write them anew as %d: /*+ COALESCE(%d) */ where they are written"
                    .formatted(fitting, fitting)),
            "about "
                + Loss.share(lost, facts)
                + ", at %d ms a file; more from an object store".formatted(MILLIS_A_FILE),
            lost));
  }
}
