package dev.kindling.storage;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.storage.RecoveredAction.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts right what killed runs left in a project. A run whose journal is there had finished its
 * work, so its outputs are brought to their targets; what other runs had staged, and temporary
 * files of processes that are gone, are deleted. May itself be killed at any moment and called
 * again.
 */
public final class Recovery {
  private final ProjectDirectory project;
  private final Store store;
  private final Journal journal;
  private final StagingList list;
  private final List<RecoveredAction> actions = new ArrayList<>();

  private Recovery(ProjectLock lock, Store store) {
    this.project = lock.project();
    this.store = store;
    this.journal = new Journal(project, store);
    this.list = new StagingList(project, store);
  }

  /**
   * Recovers a project. To be called when a command has taken the lock, before its own {@link
   * Staging}.
   *
   * @return what was done, in order; empty if there was nothing to do
   * @throws KindlingException if an interrupted run cannot be published now, for example because
   *     the disk is full; the message tells how to go on and how to give up
   */
  public static List<RecoveredAction> recover(ProjectLock lock) {
    return recover(lock, new LocalStore(Durability.POWER_LOSS));
  }

  static List<RecoveredAction> recover(ProjectLock lock, Store store) {
    Recovery recovery = new Recovery(lock, store);
    try {
      for (RunId run : recovery.journal.openRuns()) {
        recovery.finish(run);
      }
      recovery.clean();
    } catch (IOException e) {
      throw FileErrors.translate(
          e, "look for interrupted runs in the project", lock.project().folder());
    }
    return List.copyOf(recovery.actions);
  }

  private void finish(RunId run) throws IOException {
    Publication publication = new Publication(store, run);
    List<StagedOutput> outputs = journal.outputs(run);
    Set<Path> parents = new LinkedHashSet<>();
    List<RecoveredAction> finished = new ArrayList<>();
    for (StagedOutput output : outputs) {
      String target = project.display(output.target());
      try {
        checkReachable(output, run);
        Publication.Outcome outcome = publication.finish(output);
        finished.add(action(kind(outcome), run, output.table(), text(outcome, target, run)));
        if (outcome != Publication.Outcome.LOST) {
          parents.add(output.target().getParent());
        }
      } catch (IOException e) {
        KindlingException cause =
            FileErrors.translate(
                e,
                "finish publishing table '" + output.table() + "' of the interrupted run " + run,
                project.shown(output.target()));
        throw new KindlingException(
            cause.code(), cause.getMessage() + " " + Publisher.goOn(project, journal, run), e);
      }
    }
    store.syncFolders(parents);
    journal.close(run);
    actions.addAll(finished);
    for (StagedOutput output : outputs) {
      try {
        publication.clean(output);
      } catch (IOException e) {
        // The list of the run's folders is still there; cleaning by it reports what goes wrong.
      }
    }
  }

  /** A missing disk is not a lost output: outside of the project, folders come and go. */
  private void checkReachable(StagedOutput output, RunId run) throws IOException {
    Path parent = output.target().getParent();
    if (!parent.startsWith(project.root()) && !store.exists(parent)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "Cannot finish publishing table '"
              + output.table()
              + "' of the interrupted run "
              + run
              + ": the folder "
              + parent
              + " is not there. If it is on another disk, mount that. "
              + Publisher.goOn(project, journal, run));
    }
  }

  private static Kind kind(Publication.Outcome outcome) {
    return switch (outcome) {
      case PUBLISHED -> Kind.PUBLISHED;
      case RESTORED -> Kind.RESTORED;
      case LOST -> Kind.LOST;
      case REFUSED -> Kind.REFUSED;
    };
  }

  private static String text(Publication.Outcome outcome, String target, RunId run) {
    return switch (outcome) {
      case PUBLISHED -> "Finished publishing " + target + ", interrupted in run " + run;
      case RESTORED ->
          "Put back the previous version of " + target + "; the one of run " + run + " is lost";
      case LOST ->
          "Could not finish publishing "
              + target
              + ", interrupted in run "
              + run
              + ": its files are gone; run again";
      case REFUSED ->
          "Did not publish "
              + target
              + ", interrupted in run "
              + run
              + ": something was written there since, and the mode is not to replace it";
    };
  }

  private void clean() throws IOException {
    Set<RunId> runs = new TreeSet<>();
    for (Path entry : store.list(project.tmp())) {
      String name = entry.getFileName().toString();
      int dot = name.indexOf('.');
      String stem = dot < 0 ? name : name.substring(0, dot);
      if (RunId.isValid(stem)) {
        runs.add(new RunId(stem));
      }
    }
    for (RunId run : runs) {
      cleanStaging(run);
      cleanTemporary(run);
    }
  }

  private void cleanStaging(RunId run) {
    try {
      Publication publication = new Publication(store, run);
      List<RecoveredAction> cleaned = new ArrayList<>();
      for (StagingList.Entry entry : list.read(run)) {
        StagedOutput output = entry.output();
        String target = project.display(output.target());
        if (!store.exists(output.target()) && store.exists(StagingNames.old(output))) {
          Publication.Outcome restored = Publication.Outcome.RESTORED;
          cleaned.add(action(Kind.RESTORED, run, output.table(), text(restored, target, run)));
        } else if (store.exists(output.staging()) && !publication.isPublished(output)) {
          cleaned.add(
              action(
                  Kind.CLEANED,
                  run,
                  output.table(),
                  "Removed the unfinished output for " + target + " of run " + run));
        }
      }
      Staging.clean(store, list, run);
      actions.addAll(cleaned);
    } catch (IOException e) {
      // Hidden leftovers are no reason to refuse work; the list stays for the next try.
      actions.add(
          new RecoveredAction(
              Kind.CLEANED,
              run,
              Optional.empty(),
              FileErrors.translate(e, "remove what run " + run + " left", list.file(run))
                  .getMessage()));
    }
  }

  private void cleanTemporary(RunId run) {
    Path folder = TemporaryFolder.path(project, run);
    Path alive = TemporaryFolder.aliveFile(project, run);
    try {
      if (!store.exists(folder) && !store.exists(alive)) {
        return;
      }
      Optional<OsLock> lock = OsLock.tryAcquire(alive);
      if (lock.isEmpty()) {
        return;
      }
      boolean existed = store.exists(folder);
      try {
        store.deleteTree(folder);
        store.delete(alive);
      } finally {
        lock.get().close();
      }
      if (existed) {
        actions.add(
            new RecoveredAction(
                Kind.CLEANED, run, Optional.empty(), "Removed the temporary files of run " + run));
      }
    } catch (IOException e) {
      actions.add(
          new RecoveredAction(
              Kind.CLEANED,
              run,
              Optional.empty(),
              FileErrors.translate(e, "remove the temporary files of run " + run, folder)
                  .getMessage()));
    }
  }

  private static RecoveredAction action(Kind kind, RunId run, String table, String text) {
    return new RecoveredAction(kind, run, Optional.of(table), text);
  }
}
