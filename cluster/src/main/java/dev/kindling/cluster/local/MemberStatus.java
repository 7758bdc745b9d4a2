package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

/**
 * A process of a cluster at the moment.
 *
 * @param alive whether its process runs
 * @param state a Master's or Worker's state in Spark's words ({@code ALIVE}, {@code STANDBY},
 *     {@code DECOMMISSIONED}…); {@code RUNNING} for other processes; {@code DEAD} when the process
 *     does not run, {@code NO ANSWER} or {@code NOT REGISTERED} when it does
 */
public record MemberStatus(Member member, boolean alive, String state) {
  public MemberStatus {
    requireNonNull(member, "member is null");
    requireNonNull(state, "state is null");
  }

  /** Whether it is as it should be. */
  public boolean good() {
    return alive
        && switch (member.daemon().role()) {
          case MASTER -> state.equals("ALIVE") || state.equals("STANDBY");
          case WORKER -> state.equals("ALIVE");
          case ZOOKEEPER, HISTORY -> true;
        };
  }
}
