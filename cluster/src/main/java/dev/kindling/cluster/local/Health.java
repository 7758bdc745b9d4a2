package dev.kindling.cluster.local;

/** How a cluster is. */
public enum Health {
  /** Every process runs, a Master leads and has every Worker. */
  ALIVE,
  /** Something is dead, not registered or does not answer. */
  DEGRADED,
  /** No process runs. */
  DOWN
}
