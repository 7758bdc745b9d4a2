package dev.kindling.testkit.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** The session settings under which one query runs. */
record Settings(boolean ansi, String zone) {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "America/Los_Angeles",
          "America/Los_Angeles",
          "Europe/London",
          "Asia/Kathmandu",
          "+05:30");

  static Settings random(RandomGenerator random) {
    return new Settings(random.nextInt(4) > 0, ZONES.get(random.nextInt(ZONES.size())));
  }

  @Override
  public String toString() {
    return "spark.sql.ansi.enabled=%s, spark.sql.session.timeZone=%s".formatted(ansi, zone);
  }
}
