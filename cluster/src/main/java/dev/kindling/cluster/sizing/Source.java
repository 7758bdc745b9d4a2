package dev.kindling.cluster.sizing;

/** Where a figure's formula comes from. */
public enum Source {
  /** The rule of thumb of which most others are copies. */
  RULE(
      "rule of thumb: S. Ryza, How-to: Tune Your Apache Spark Jobs (Part 2), Cloudera, 2015;"
          + " measured on Hadoop 2"),
  CONFIGURATION("Spark 4.0.1, Configuration"),
  TUNING("Spark 4.0.1, Tuning Spark"),
  SQL_TUNING("Spark 4.0.1, Spark SQL, Performance Tuning"),
  HARDWARE("Spark 4.0.1, Hardware Provisioning"),
  SCHEDULING("Spark 4.0.1, Job Scheduling"),
  MEMORY_MANAGER("Spark 4.0.1, class UnifiedMemoryManager"),
  ARITHMETIC("arithmetic on the figures above"),
  /** A starting point without an authority. */
  CHOICE("Kindling's own starting point; measure, then change it");

  private final String text;

  Source(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
