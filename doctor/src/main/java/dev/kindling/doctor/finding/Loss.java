package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.Facts;

/** How a loss of time weighs in its run. */
final class Loss {
  // Below, a re-run differs by as much without any change.
  private static final long NOISE_MILLIS = 1_000;
  private static final double WORTH = 0.05;
  private static final double HEAVY = 0.3;

  private Loss() {}

  /** By its share of the run: from a twentieth on a warning, from three tenths on critical. */
  static Severity severity(long lostMillis, Facts facts) {
    if (lostMillis < NOISE_MILLIS || lostMillis < WORTH * facts.millis()) {
      return Severity.INFO;
    }
    return lostMillis < HEAVY * facts.millis() ? Severity.WARNING : Severity.CRITICAL;
  }

  /** "12 s of the run's 40 s". */
  static String share(long lostMillis, Facts facts) {
    return "%s of the run's %s".formatted(Words.millis(lostMillis), Words.millis(facts.millis()));
  }
}
