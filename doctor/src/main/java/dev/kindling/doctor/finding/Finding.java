package dev.kindling.doctor.finding;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One trouble at one place.
 *
 * @param id the kind, such as {@code task-skew}; stays the same over versions
 * @param summary what is wrong, one sentence
 * @param evidence the figures it rests on
 * @param fixes what to do, the best first: settings to paste, or a change of the query
 * @param gain what that should bring and why, in words
 * @param lostMillis the time it cost, estimated from the figures; orders findings of one severity
 */
public record Finding(
    String id,
    Severity severity,
    Confidence confidence,
    Place place,
    String summary,
    List<String> evidence,
    List<String> fixes,
    String gain,
    long lostMillis) {
  public Finding {
    requireNonNull(id, "id is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(confidence, "confidence is null");
    requireNonNull(place, "place is null");
    requireNonNull(summary, "summary is null");
    requireNonNull(gain, "gain is null");
    evidence = List.copyOf(evidence);
    fixes = List.copyOf(fixes);
  }
}
