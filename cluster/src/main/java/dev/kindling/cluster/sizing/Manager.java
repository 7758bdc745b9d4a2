package dev.kindling.cluster.sizing;

/** What gives an application its executors. */
public enum Manager {
  YARN("YARN"),
  KUBERNETES("Kubernetes"),
  /** Spark's own Master and Workers. */
  STANDALONE("Spark standalone");

  private final String label;

  Manager(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** Whether a place of the cluster goes to the application's own process. */
  boolean takesPlace(DeployMode mode) {
    return this == YARN || mode == DeployMode.CLUSTER;
  }
}
