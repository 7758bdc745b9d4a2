package dev.kindling.cli;

import dev.kindling.cluster.sizing.RunFacts;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the record of a run by what a person calls it. */
final class RunFinder {
  private static final int SHOWN = 5;

  private RunFinder() {}

  /**
   * What a run tells.
   *
   * @param name a run's id, {@code latest}, a {@code run.json} or a folder with one
   * @param pipeline the pipeline file, or its folder, whose runs are meant
   */
  static RunFacts facts(String name, Path pipeline) {
    return RunFacts.of(record(name, pipeline));
  }

  private static RunRecord record(String name, Path pipeline) {
    Path path = Path.of(name);
    if (Files.isRegularFile(path)) {
      return RunRecordStore.readFile(path).orElseThrow();
    }
    if (Files.isRegularFile(path.resolve("run.json"))) {
      return RunRecordStore.readFile(path.resolve("run.json")).orElseThrow();
    }
    Path folder = Files.isDirectory(pipeline) ? pipeline : pipeline.toAbsolutePath().getParent();
    RunRecordStore store = new RunRecordStore(folder);
    List<String> ids = store.runIds();
    Optional<RunRecord> found =
        name.equals("latest")
            ? store.latest()
            : ids.contains(name) ? store.read(name) : Optional.empty();
    return found.orElseThrow(
        () ->
            new KindlingException(
                ErrorCode.FILE_NOT_FOUND,
                "There is no run '%s' of the pipeline in %s (%s). Accepted: a run's id, latest, or the path of a run.json."
                    .formatted(
                        name,
                        folder,
                        ids.isEmpty()
                            ? "it has no runs"
                            : "its newest: "
                                + String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size()))))));
  }
}
