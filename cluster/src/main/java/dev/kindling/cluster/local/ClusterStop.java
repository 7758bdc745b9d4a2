package dev.kindling.cluster.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ends processes of a cluster: politely, then not. Only by their ids, never by name. */
final class ClusterStop {
  private static final Patience POLITE = new Patience(Duration.ofSeconds(5), () -> false);

  private ClusterStop() {}

  /** Ends all of them and what they started; the ones that others need go last. */
  static void stop(List<Member> members) {
    List<Member> first = members.stream().filter(m -> !isNeeded(m)).toList();
    List<ProcessIdentity> started = new ArrayList<>();
    for (Member member : first) {
      started.addAll(children(member));
    }
    end(first.stream().map(Member::process).toList());
    // A Worker ends its executors and drivers. One that is killed cannot; they end by themselves,
    // unless they hang.
    awaitEnd(started);
    started.forEach(ProcessIdentity::kill);
    awaitEnd(started);
    end(processes(members, Role.MASTER));
    end(processes(members, Role.ZOOKEEPER));
  }

  /** The processes that this one started and that run: a Worker's executors and drivers. */
  static List<ProcessIdentity> children(Member member) {
    return member.process().handle().stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessIdentity::of)
        .toList();
  }

  private static boolean isNeeded(Member member) {
    return member.daemon().role() == Role.MASTER || member.daemon().role() == Role.ZOOKEEPER;
  }

  private static List<ProcessIdentity> processes(List<Member> members, Role role) {
    return members.stream()
        .filter(member -> member.daemon().role() == role)
        .map(Member::process)
        .toList();
  }

  private static void end(List<ProcessIdentity> processes) {
    processes.forEach(ProcessIdentity::terminate);
    awaitEnd(processes);
    processes.forEach(ProcessIdentity::kill);
    awaitEnd(processes);
  }

  private static void awaitEnd(List<ProcessIdentity> processes) {
    POLITE.until(() -> processes.stream().noneMatch(ProcessIdentity::isAlive));
  }
}
