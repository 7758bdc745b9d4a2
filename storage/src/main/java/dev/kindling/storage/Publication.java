package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The steps that bring one staged output of a run to its target, each of them safe to be the last
 * one that a process does: {@link #finish} goes on from whatever an earlier, interrupted call left.
 *
 * <pre>
 * overwrite:   target → old      staging → target             (journal ends)  old → deleted, and gone
 * append:      each file of staging → target, with the run's id in its name; then _SUCCESS
 * </pre>
 *
 * <p>{@code _SUCCESS} holds the id of the run that wrote it. That tells a target that has the new
 * version from one that still has the old, when the staging folder is gone.
 */
final class Publication {
  static final String MARKER = "_SUCCESS";

  /** Hadoop's checksum of its own, empty marker, which would no longer fit. */
  private static final String MARKER_CHECKSUM = "._SUCCESS.crc";

  private final Store store;
  private final RunId run;

  Publication(Store store, RunId run) {
    this.store = store;
    this.run = run;
  }

  enum Outcome {
    PUBLISHED,
    RESTORED,
    LOST,
    REFUSED
  }

  /** Marks the staged output as complete. */
  void seal(StagedOutput output) throws IOException {
    store.write(output.staging().resolve(MARKER), (run + "\n").getBytes(UTF_8));
    store.delete(output.staging().resolve(MARKER_CHECKSUM));
  }

  /** Brings the output to its target, or as near to it as what is left allows. */
  Outcome finish(StagedOutput output) throws IOException {
    Path target = output.target();
    Path staging = output.staging();
    Path old = StagingNames.old(output);
    if (!store.exists(staging)) {
      if (store.exists(target)) {
        return isPublished(output) ? Outcome.PUBLISHED : Outcome.LOST;
      }
      if (store.exists(old)) {
        store.rename(old, target);
        return Outcome.RESTORED;
      }
      return Outcome.LOST;
    }
    return switch (output.mode()) {
      case OVERWRITE -> {
        if (store.exists(target)) {
          setAside(output);
        }
        store.rename(staging, target);
        yield Outcome.PUBLISHED;
      }
      case APPEND -> {
        if (store.exists(target)) {
          moveInto(staging, target);
          if (store.exists(staging.resolve(MARKER))) {
            store.rename(staging.resolve(MARKER), target.resolve(MARKER));
          }
          store.delete(target.resolve(MARKER_CHECKSUM));
        } else {
          store.rename(staging, target);
        }
        yield Outcome.PUBLISHED;
      }
      case ERROR, IGNORE -> {
        if (holdsSomething(store, target)) {
          yield Outcome.REFUSED;
        }
        store.rename(staging, target);
        yield Outcome.PUBLISHED;
      }
    };
  }

  private void setAside(StagedOutput output) throws IOException {
    Path old = StagingNames.old(output);
    if (!store.exists(old)) {
      store.rename(output.target(), old);
      return;
    }
    // The version before this run is aside already: another program has put something here since.
    // Overwriting it is what the user asked for.
    discard(output, output.target());
  }

  /** Puts the old version back after a failed step, if the target is absent. */
  void putBack(StagedOutput output) throws IOException {
    Path old = StagingNames.old(output);
    if (!store.exists(output.target()) && store.exists(old)) {
      store.rename(old, output.target());
    }
  }

  /** Removes what publishing or giving up an output leaves. */
  void clean(StagedOutput output) throws IOException {
    // Old versions are whole as long as they have their name, so putting one back is always safe.
    putBack(output);
    Path old = StagingNames.old(output);
    if (store.exists(old)) {
      discard(output, old);
    }
    store.deleteTree(StagingNames.deleted(output));
    store.deleteTree(output.staging());
  }

  private void discard(StagedOutput output, Path folder) throws IOException {
    Path deleted = StagingNames.deleted(output);
    store.deleteTree(deleted);
    store.rename(folder, deleted);
    store.deleteTree(deleted);
  }

  /** Whether the target has this run's version. */
  boolean isPublished(StagedOutput output) throws IOException {
    Path marker = output.target().resolve(MARKER);
    return store.exists(marker)
        && !store.isFolder(marker)
        && new String(store.read(marker), UTF_8).strip().equals(run.value());
  }

  static boolean holdsSomething(Store store, Path target) throws IOException {
    return store.exists(target) && !(store.isFolder(target) && store.list(target).isEmpty());
  }

  private void moveInto(Path from, Path to) throws IOException {
    boolean changed = false;
    for (Path entry : store.list(from)) {
      String name = entry.getFileName().toString();
      if (HiddenNames.isHidden(name)) {
        continue;
      }
      changed = true;
      if (store.isFolder(entry)) {
        store.createFolder(to.resolve(name));
        moveInto(entry, to.resolve(name));
      } else {
        store.rename(entry, to.resolve(uniqueName(name)));
      }
    }
    if (changed) {
      store.syncFolders(List.of(to));
    }
  }

  /** The run's id goes before the first dot, so that the endings still tell format and codec. */
  String uniqueName(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name + "-" + run : name.substring(0, dot) + "-" + run + name.substring(dot);
  }
}
