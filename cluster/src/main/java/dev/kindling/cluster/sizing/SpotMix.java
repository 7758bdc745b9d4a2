package dev.kindling.cluster.sizing;

/**
 * Nodes of both kinds.
 *
 * @param onDemand nodes that stay
 * @param spot nodes that may be taken away
 */
public record SpotMix(int onDemand, int spot) {
  /** The mix of a share of spot; one node stays, because somebody has to hold what is kept. */
  public static SpotMix of(int nodes, double spotShare) {
    int spot = Math.min(nodes - 1, (int) Math.floor(nodes * spotShare));
    return new SpotMix(nodes - spot, spot);
  }

  /** All of them. */
  public int nodes() {
    return onDemand + spot;
  }
}
