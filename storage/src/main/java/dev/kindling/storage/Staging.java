package dev.kindling.storage;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Hands out the folders that a run writes its outputs to. Closing it removes those that were not
 * published, with the parent folders made for them; {@link Recovery} does so for a killed run.
 *
 * <pre>
 * try (Staging staging = Staging.begin(lock, run)) {
 *   Optional&lt;StagedOutput&gt; output = staging.forTarget("revenue", Path.of("out/revenue"), OVERWRITE);
 *   … write files into output.get().staging() …
 *   Publisher.publish(lock, run, List.of(output.get()));
 * }
 * </pre>
 *
 * <p>Instances may be shared by threads.
 */
public final class Staging implements AutoCloseable {
  private final ProjectDirectory project;
  private final RunId run;
  private final Store store;
  private final StagingList list;
  private final OutputChecks checks;

  Staging(ProjectLock lock, RunId run, Store store) {
    this.project = lock.project();
    this.run = requireNonNull(run, "run is null");
    this.store = store;
    this.list = new StagingList(project, store);
    this.checks = new OutputChecks(project);
  }

  /** Begins the outputs of a run, in a project that it has locked. */
  public static Staging begin(ProjectLock lock, RunId run) {
    return new Staging(lock, run, new LocalStore(Durability.POWER_LOSS));
  }

  /**
   * Everything that stands against writing these outputs, found without changing anything: targets
   * that exist in mode error, are files, cannot be written, have no space, or overlap each other.
   */
  public static List<KindlingException> check(
      ProjectDirectory project, List<OutputTarget> outputs) {
    OutputChecks checks = new OutputChecks(project);
    List<KindlingException> problems = new ArrayList<>();
    for (OutputTarget output : outputs) {
      try {
        checks.accept(output);
      } catch (KindlingException e) {
        problems.add(e);
      }
    }
    return problems;
  }

  /**
   * An empty folder to write a table to.
   *
   * @param target the folder to publish to later; a relative path counts from the project folder
   * @return empty if the mode is {@code IGNORE} and the target holds something: nothing is to do
   * @throws KindlingException as {@link #check} finds them, or if the folder cannot be made
   */
  public synchronized Optional<StagedOutput> forTarget(
      String table, Path target, PublishMode mode) {
    Path resolved = checks.accept(new OutputTarget(table, target, mode));
    try {
      if (mode == PublishMode.IGNORE && Publication.holdsSomething(store, resolved)) {
        return Optional.empty();
      }
      Path home = resolved.getParent();
      if (store.exists(resolved) && MountPoints.isMountPoint(resolved)) {
        // Files can only be renamed within one file system, so the staging folder lies inside.
        home = resolved;
      }
      StagedOutput output =
          new StagedOutput(table, resolved, StagingNames.staging(home, run, resolved), mode);
      List<Path> missing = missingFolders(home);
      list.add(run, new StagingList.Entry(output, missing));
      for (Path folder : missing) {
        store.createFolder(folder);
      }
      store.createFolder(output.staging());
      return Optional.of(output);
    } catch (IOException e) {
      throw FileErrors.translate(
          e, "make room to write table '" + table + "'", project.shown(resolved));
    }
  }

  private List<Path> missingFolders(Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder; !store.exists(path); path = path.getParent()) {
      missing.add(0, path);
    }
    return missing;
  }

  /**
   * Removes what was staged and not published. Leaves everything in place when publishing was
   * interrupted by an error, for {@link Recovery} to finish. Closing twice does nothing.
   */
  @Override
  public synchronized void close() {
    try {
      if (new Journal(project, store).isOpen(run)) {
        return;
      }
      clean(store, list, run);
    } catch (IOException e) {
      // The list stays, so the next command tries again and tells the user if it fails again.
    }
  }

  /** Removes the leftovers of all outputs of a run, and the list of them. */
  static void clean(Store store, StagingList list, RunId run) throws IOException {
    Publication publication = new Publication(store, run);
    List<Path> parents = new ArrayList<>();
    for (StagingList.Entry entry : list.read(run)) {
      publication.clean(entry.output());
      parents.addAll(entry.createdParents());
    }
    // Innermost and youngest first; two tables may share a parent that was made for the first one.
    Collections.reverse(parents);
    for (Path parent : parents) {
      if (store.isFolder(parent) && store.list(parent).isEmpty()) {
        store.delete(parent);
      }
    }
    list.delete(run);
  }
}
