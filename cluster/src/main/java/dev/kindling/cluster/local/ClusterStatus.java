package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cluster at the moment: what its processes are, crossed with what its Master says.
 *
 * @param activeApplications number of applications that run; 0 when no Master answers
 * @param coresUsed cores that applications hold; 0 when no Master answers
 */
public record ClusterStatus(
    Health health, List<MemberStatus> members, int activeApplications, int coresUsed) {
  public ClusterStatus {
    requireNonNull(health, "health is null");
    members = List.copyOf(members);
  }

  /** Looks at every process, and asks every Master. */
  static ClusterStatus of(ClusterState state, Optional<String> token) {
    List<MemberStatus> members = new ArrayList<>();
    Optional<MasterPage> leader = Optional.empty();
    for (Member member : state.members()) {
      if (member.daemon().role() == Role.MASTER) {
        Optional<MasterPage> page =
            member.isAlive() ? MasterPage.read(member.daemon(), token) : Optional.empty();
        leader = leader.or(() -> page.filter(MasterPage::isAlive));
        members.add(
            new MemberStatus(
                member, member.isAlive(), page.map(MasterPage::status).orElse(silent(member))));
      }
    }
    for (Member member : state.members()) {
      if (member.daemon().role() != Role.MASTER) {
        members.add(look(member, leader, state.members(Role.MASTER).isEmpty(), token));
      }
    }
    members.sort(Comparator.comparing(m -> m.member().daemon().role()));
    boolean led = leader.isPresent() || state.members(Role.MASTER).isEmpty();
    return new ClusterStatus(
        health(members, led),
        members,
        leader.map(MasterPage::activeApplications).orElse(0),
        leader.map(page -> page.workers().stream().mapToInt(w -> w.coresUsed()).sum()).orElse(0));
  }

  private static MemberStatus look(
      Member member, Optional<MasterPage> leader, boolean masterElsewhere, Optional<String> token) {
    boolean alive = member.isAlive();
    if (member.daemon().role() != Role.WORKER || !alive) {
      return new MemberStatus(member, alive, alive ? "RUNNING" : "DEAD");
    }
    if (masterElsewhere) {
      return new MemberStatus(
          member, true, Daemons.hasMaster(member.daemon(), token) ? "ALIVE" : "NOT REGISTERED");
    }
    return new MemberStatus(
        member, true, leader.flatMap(page -> page.state(member.daemon())).orElse("NOT REGISTERED"));
  }

  private static String silent(Member member) {
    return member.isAlive() ? "NO ANSWER" : "DEAD";
  }

  private static Health health(List<MemberStatus> members, boolean led) {
    if (members.stream().noneMatch(MemberStatus::alive)) {
      return Health.DOWN;
    }
    return led && members.stream().allMatch(MemberStatus::good) ? Health.ALIVE : Health.DEGRADED;
  }
}
