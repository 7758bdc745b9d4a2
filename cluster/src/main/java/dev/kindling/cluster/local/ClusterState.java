package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a cluster from one command to the next.
 *
 * @param host address of this machine that the cluster was made for; Workers may have others
 * @param masterUrl {@code spark://host:port}, with several masters {@code
 *     spark://host:port,host:port}
 * @param secure whether its processes and applications authenticate each other and encrypt
 * @param members its processes on this machine, in the order of their start
 */
public record ClusterState(
    String name,
    Instant createdAt,
    String host,
    String masterUrl,
    boolean secure,
    List<Member> members) {
  /** The version of the file's form. */
  public static final int VERSION = 1;

  public ClusterState {
    requireNonNull(name, "name is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(host, "host is null");
    requireNonNull(masterUrl, "masterUrl is null");
    members = List.copyOf(members);
  }

  /** The members of a role, in the order of their start. */
  public List<Member> members(Role role) {
    return members.stream().filter(member -> member.daemon().role() == role).toList();
  }

  public Optional<Member> member(String member) {
    return members.stream().filter(m -> m.name().equals(member)).findFirst();
  }

  public boolean anyAlive() {
    return members.stream().anyMatch(Member::isAlive);
  }

  /** With this member added, or in the place of the one of the same name. */
  ClusterState with(Member member) {
    List<Member> changed = new ArrayList<>(members);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).name().equals(member.name())) {
        changed.set(i, member);
        return withMembers(changed);
      }
    }
    changed.add(member);
    return withMembers(changed);
  }

  ClusterState without(String member) {
    return withMembers(members.stream().filter(m -> !m.name().equals(member)).toList());
  }

  private ClusterState withMembers(List<Member> changed) {
    return new ClusterState(name, createdAt, host, masterUrl, secure, changed);
  }
}
