package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Moves the finished outputs of a run to their targets, one after the other in the given order. A
 * journal makes the whole of them one decision: once it is written, {@link Recovery} brings the
 * rest to its place if this process ends in between.
 */
public final class Publisher {
  private final ProjectDirectory project;
  private final RunId run;
  private final Store store;
  private final Journal journal;
  private final Publication publication;

  private Publisher(ProjectLock lock, RunId run, Store store) {
    this.project = lock.project();
    this.run = requireNonNull(run, "run is null");
    this.store = store;
    this.journal = new Journal(project, store);
    this.publication = new Publication(store, run);
  }

  /** Publishes so that the outputs outlive a loss of power; see the other method. */
  public static List<PublishedOutput> publish(
      ProjectLock lock, RunId run, List<StagedOutput> outputs) {
    return publish(lock, run, outputs, Durability.POWER_LOSS, output -> {});
  }

  /**
   * Publishes the outputs of a run. Nothing is visible before all of them are checked and forced to
   * the disk, as far as {@code durability} asks for it.
   *
   * @param published is told of each output as soon as it is in its place
   * @return the outputs that were published, in order; one in mode {@code IGNORE} whose target has
   *     been filled since is not among them
   * @throws KindlingException if an output cannot be published. The message names those that were;
   *     the next command that locks the project goes on with the rest
   */
  public static List<PublishedOutput> publish(
      ProjectLock lock,
      RunId run,
      List<StagedOutput> outputs,
      Durability durability,
      Consumer<PublishedOutput> published) {
    return publish(lock, run, outputs, new LocalStore(durability), published);
  }

  static List<PublishedOutput> publish(
      ProjectLock lock,
      RunId run,
      List<StagedOutput> outputs,
      Store store,
      Consumer<PublishedOutput> published) {
    return new Publisher(lock, run, store).publish(List.copyOf(outputs), published);
  }

  private List<PublishedOutput> publish(
      List<StagedOutput> outputs, Consumer<PublishedOutput> published) {
    List<PublishedOutput> ready = new ArrayList<>();
    List<StagedOutput> journalled = new ArrayList<>();
    for (StagedOutput output : outputs) {
      try {
        if (isWanted(output)) {
          ready.add(prepare(output));
          journalled.add(output);
        }
      } catch (IOException e) {
        throw FileErrors.translate(
            e, "publish table '" + output.table() + "'", shown(output.target()));
      }
    }
    if (journalled.isEmpty()) {
      return List.of();
    }
    try {
      journal.open(run, journalled);
    } catch (IOException e) {
      throw FileErrors.translate(e, "write the journal of run " + run, shown(journal.file(run)));
    }
    List<PublishedOutput> done = rollForward(journalled, ready, published);
    for (StagedOutput output : journalled) {
      try {
        publication.clean(output);
      } catch (IOException e) {
        // What is left is hidden and listed; closing the staging, or the next command, removes it.
      }
    }
    return done;
  }

  private List<PublishedOutput> rollForward(
      List<StagedOutput> outputs,
      List<PublishedOutput> ready,
      Consumer<PublishedOutput> published) {
    List<PublishedOutput> done = new ArrayList<>();
    List<KindlingException> problems = new ArrayList<>();
    Set<Path> parents = new LinkedHashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      StagedOutput output = outputs.get(i);
      try {
        switch (publication.finish(output)) {
          case PUBLISHED -> {
            done.add(ready.get(i));
            parents.add(output.target().getParent());
            published.accept(ready.get(i));
          }
          case REFUSED -> {
            if (output.mode() == PublishMode.ERROR) {
              problems.add(OutputChecks.exists(project, output.table(), output.target()));
            }
          }
          case LOST, RESTORED -> problems.add(lost(output));
        }
      } catch (IOException e) {
        putBack(output);
        throw interrupted(output, done, e);
      }
    }
    try {
      store.syncFolders(parents);
      journal.close(run);
    } catch (IOException e) {
      throw FileErrors.translate(e, "end the journal of run " + run, shown(journal.file(run)));
    }
    if (!problems.isEmpty()) {
      throw problems.get(0);
    }
    return done;
  }

  private boolean isWanted(StagedOutput output) throws IOException {
    if (!store.isFolder(output.staging())) {
      throw lost(output);
    }
    boolean taken = Publication.holdsSomething(store, output.target());
    return switch (output.mode()) {
      case OVERWRITE -> true;
      case APPEND -> {
        if (taken) {
          checkFolders(output.staging(), output.target());
        }
        yield true;
      }
      case ERROR -> {
        if (taken) {
          throw OutputChecks.exists(project, output.table(), output.target());
        }
        yield true;
      }
      case IGNORE -> !taken;
    };
  }

  /** Finds a file that is in the way of a partition folder before the first file is moved. */
  private void checkFolders(Path staged, Path target) throws IOException {
    if (!store.isFolder(target)) {
      throw new NotDirectoryException(target.toString());
    }
    for (Path entry : store.list(staged)) {
      Path there = target.resolve(entry.getFileName());
      if (store.isFolder(entry) && !HiddenNames.isHidden(entry.getFileName().toString())) {
        if (store.exists(there)) {
          checkFolders(entry, there);
        }
      }
    }
  }

  private PublishedOutput prepare(StagedOutput output) throws IOException {
    publication.seal(output);
    List<Path> files = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    collect(output.staging(), files, folders);
    store.syncFiles(files);
    folders.add(output.staging().getParent());
    store.syncFolders(folders);
    int count = 0;
    long bytes = 0;
    for (Path file : files) {
      if (isData(output.staging().relativize(file))) {
        count++;
        bytes += store.size(file);
      }
    }
    return new PublishedOutput(output.table(), output.target(), output.mode(), count, bytes);
  }

  private void collect(Path folder, List<Path> files, List<Path> folders) throws IOException {
    folders.add(folder);
    for (Path entry : store.list(folder)) {
      if (store.isFolder(entry)) {
        collect(entry, files, folders);
      } else {
        files.add(entry);
      }
    }
  }

  private static boolean isData(Path relative) {
    for (Path part : relative) {
      if (HiddenNames.isHidden(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private void putBack(StagedOutput output) {
    try {
      publication.putBack(output);
    } catch (IOException e) {
      // The journal stays, and the error that led here is the one to show.
    }
  }

  private KindlingException lost(StagedOutput output) {
    return new KindlingException(
        ErrorCode.FILE_NOT_FOUND,
        "Cannot publish table '"
            + output.table()
            + "' to "
            + project.display(output.target())
            + ": its staging folder "
            + project.display(output.staging())
            + " is gone. Something other than this run removed it; run again.");
  }

  private KindlingException interrupted(
      StagedOutput output, List<PublishedOutput> done, IOException e) {
    KindlingException cause =
        FileErrors.translate(e, "publish table '" + output.table() + "'", shown(output.target()));
    String published =
        done.isEmpty()
            ? "No table of this run is published yet."
            : "Published before: "
                + String.join(", ", done.stream().map(PublishedOutput::table).toList())
                + ".";
    return new KindlingException(
        cause.code(), cause.getMessage() + " " + published + " " + goOn(project, journal, run), e);
  }

  /** What to do about a journal that cannot be finished. */
  static String goOn(ProjectDirectory project, Journal journal, RunId run) {
    return "The next command goes on from here; to give up what is not published, remove "
        + project.display(journal.file(run))
        + ".";
  }

  private Path shown(Path path) {
    return project.shown(path);
  }
}
