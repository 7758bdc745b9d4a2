package dev.kindling.cluster.sizing;

/** Where the driver runs. */
public enum DeployMode {
  /** Where the command was given, outside of the cluster. */
  CLIENT,
  /** On one of the cluster's nodes. */
  CLUSTER
}
