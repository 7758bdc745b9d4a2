package dev.kindling.doctor;

import static java.util.Objects.requireNonNull;

import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.FactsReader;
import dev.kindling.doctor.finding.Checks;
import dev.kindling.doctor.finding.Finding;
import dev.kindling.doctor.finding.Severity;
import dev.kindling.doctor.log.EventLog;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known of a run, and what is wrong with it.
 *
 * @param findings the most severe first
 */
public record Diagnosis(Facts facts, List<Finding> findings) {
  public Diagnosis {
    requireNonNull(facts, "facts is null");
    findings = List.copyOf(findings);
  }

  /**
   * Reads an event log and examines it.
   *
   * @throws dev.kindling.model.error.KindlingException as {@link EventLog#at} and {@link
   *     FactsReader#read}
   */
  public static Diagnosis of(Path path) {
    Facts facts = FactsReader.read(EventLog.at(path));
    return new Diagnosis(facts, Checks.examine(facts));
  }

  /** Whether something is at least as severe. */
  public boolean has(Severity severity) {
    return findings.stream().anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
  }
}
