package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.StageFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time in which no stage ran: the driver planned, listed files, collected, or waited. */
final class DriverTime implements Check {
  private static final double MUCH = 0.5;
  // A start, and an end, are no fault of the work between them.
  private static final long START_MILLIS = 15_000;

  private record Gap(long from, long to) {
    long millis() {
      return to - from;
    }
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<StageFacts> ran =
        facts.stages().stream()
            .filter(stage -> stage.submitted() > 0 && stage.ended().isPresent())
            .sorted(Comparator.comparingLong(StageFacts::submitted))
            .toList();
    List<Gap> gaps = new ArrayList<>();
    long until = 0;
    for (StageFacts stage : ran) {
      if (until > 0 && stage.submitted() > until) {
        gaps.add(new Gap(until, stage.submitted()));
      }
      until = Math.max(until, stage.ended().getAsLong());
    }
    long idle = gaps.stream().mapToLong(Gap::millis).sum();
    if (facts.millis() < START_MILLIS || idle < MUCH * facts.millis()) {
      return List.of();
    }
    Gap longest = gaps.stream().max(Comparator.comparingLong(Gap::millis)).orElseThrow();
    String next =
        ran.stream()
            .filter(stage -> stage.submitted() == longest.to())
            .findFirst()
            .map(stage -> Place.of(stage).toString())
            .orElse("the next stage");
    return List.of(
        new Finding(
            "driver-time",
            Loss.severity(idle, facts),
            Confidence.MEDIUM,
            Place.application(),
            "For %s of the run no task ran: the driver worked or waited alone."
                .formatted(Words.percent((double) idle / facts.millis())),
            List.of(
                "%s between stages, in %s gaps"
                    .formatted(Words.millis(idle), Words.number(gaps.size())),
                "the longest, %s, was before %s".formatted(Words.millis(longest.millis()), next)),
            List.of(
                "keep rows on the executors: write them, do not collect() or toPandas() them",
                "fewer and larger queries; partitions that need no listing of thousands of folders"),
            "up to " + Loss.share(idle, facts),
            idle));
  }
}
