package dev.kindling.cluster.local;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.LogTail;
import dev.kindling.model.process.SparkInstallation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts the processes of one cluster, and waits until they are what they should be. */
final class Daemons {
  private static final int QUOTED_LINES = 12;

  private final ClusterFolder folder;
  private final DaemonCommand command;
  private final Patience patience;

  Daemons(ClusterFolder folder, SparkInstallation installation, Patience patience) {
    this.folder = folder;
    this.command = new DaemonCommand(folder, installation);
    this.patience = patience;
  }

  /**
   * Starts a process and returns while it comes up.
   *
   * @throws KindlingException CLUSTER_FAILED when it cannot be started
   */
  Member start(Daemon daemon, String masterUrl) {
    List<String> line = command.line(daemon, masterUrl);
    try {
      if (daemon.role() == Role.WORKER) {
        Files.createDirectories(folder.work(daemon.name()));
        Files.createDirectories(folder.local(daemon.name()));
      }
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(folder.path().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log(daemon.name()).toFile()));
      command.adjust(builder.environment(), daemon);
      return new Member(daemon, ProcessIdentity.of(builder.start().toHandle()));
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.CLUSTER_FAILED,
          "Cannot start %s of cluster '%s' with %s: %s."
              .formatted(daemon.name(), folder.name(), line.get(0), e.getMessage()),
          e);
    }
  }

  /**
   * Waits until a process listens: a Master at its page, which opens after its other ports and next
   * to last of its start. A Worker whose request comes before the end of it waits for five seconds
   * and more before the next one.
   *
   * @throws KindlingException CLUSTER_FAILED when it ends, or does not listen in time
   */
  void awaitListening(Member member) {
    Daemon daemon = member.daemon();
    int port = daemon.role() == Role.MASTER ? daemon.webPort().orElseThrow() : daemon.port();
    await(
        List.of(member),
        () -> Ports.isOpen(daemon.host(), port),
        member,
        "did not listen at %s:%d".formatted(daemon.host(), port));
  }

  /**
   * Waits until one of several Masters leads.
   *
   * @throws KindlingException CLUSTER_FAILED when one ends, or none leads in time
   */
  void awaitLeader(List<Member> masters, Optional<String> token) {
    await(
        masters,
        () ->
            masters.stream()
                .flatMap(master -> MasterPage.read(master.daemon(), token).stream())
                .anyMatch(MasterPage::isAlive),
        masters.get(0),
        "was not elected, nor another Master,");
  }

  /**
   * Waits until a Master has these Workers.
   *
   * @param masters those on this machine; when there are none, the Workers' own word counts
   * @throws KindlingException CLUSTER_FAILED when one ends, or is not registered in time
   */
  void awaitRegistered(List<Member> workers, List<Member> masters, Optional<String> token) {
    for (Member worker : workers) {
      await(
          workers,
          () ->
              masters.isEmpty()
                  ? hasMaster(worker.daemon(), token)
                  : hasWorker(masters, worker.daemon(), token),
          worker,
          "did not register with the Master");
    }
  }

  private void await(List<Member> alive, BooleanSupplier condition, Member who, String what) {
    boolean done =
        patience.until(
            () -> {
              alive.stream().filter(member -> !member.isAlive()).findFirst().ifPresent(this::ended);
              return condition.getAsBoolean();
            });
    if (!done) {
      throw failed(who, what + " within " + patience.deadline().toSeconds() + " s.");
    }
  }

  private void ended(Member member) {
    throw failed(member, "ended while the cluster started.");
  }

  private KindlingException failed(Member member, String what) {
    return new KindlingException(
        ErrorCode.CLUSTER_FAILED,
        "%s of cluster '%s' %s%s"
            .formatted(
                member.name(),
                folder.name(),
                what,
                LogTail.quote(folder.log(member.name()), QUOTED_LINES)));
  }

  private static boolean hasWorker(List<Member> masters, Daemon worker, Optional<String> token) {
    return masters.stream()
        .flatMap(master -> MasterPage.read(master.daemon(), token).stream())
        .filter(MasterPage::isAlive)
        .anyMatch(page -> page.state(worker).equals(Optional.of(MasterPage.ALIVE)));
  }

  // A Worker knows the Master's page once the Master has taken it.
  static boolean hasMaster(Daemon worker, Optional<String> token) {
    return Page.read(worker.url().orElseThrow(), token)
        .map(page -> !page.path("masterwebuiurl").asText().isEmpty())
        .orElse(false);
  }

  private static File nothing() {
    Path unix = Path.of("/dev/null");
    return Files.exists(unix) ? unix.toFile() : new File("NUL");
  }
}
