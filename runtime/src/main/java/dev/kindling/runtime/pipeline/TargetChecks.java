package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.Target;
import dev.kindling.spark.protocol.Reach;
import dev.kindling.spark.protocol.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has to hold on a target before the first table of a pipeline starts there. */
final class TargetChecks {
  private final Pipeline pipeline;
  private final Target target;
  private final Workbench bench;

  TargetChecks(Pipeline pipeline, Target target, Workbench bench) {
    this.pipeline = pipeline;
    this.target = target;
    this.bench = bench;
  }

  /**
   * Waits for the application to start, then asks its workers for the folders of the run.
   *
   * @param temporary the run's own folder, in which tables are staged
   * @throws KindlingException when the target does not answer, takes no application, has nothing
   *     free, or has a worker that does not see a folder
   */
  void run(Path temporary) {
    bench.spark().awaitStart();
    if (Masters.isLocal(target.master())) {
      return;
    }
    Set<String> inputs = new LinkedHashSet<>();
    Set<Path> shared = new LinkedHashSet<>();
    shared.add(temporary);
    for (Table table : pipeline.tables()) {
      if (table.definition() instanceof Read read) {
        String path = pipeline.resolve(read.path());
        if (isLocalFile(path) && Files.exists(Path.of(path))) {
          inputs.add(path);
        }
      }
      table
          .write()
          .map(write -> pipeline.resolve(write.path()))
          .filter(TargetChecks::isLocalFile)
          .ifPresent(path -> shared.add(nearestFolder(Path.of(path))));
    }
    Result answer = bench.spark().get(new Reach(List.copyOf(inputs), List.copyOf(shared)));
    if (answer.inline().isEmpty()) {
      return;
    }
    // A worker may have answered for more than one executor.
    Set<String> lines = new LinkedHashSet<>();
    answer
        .inline()
        .forEach(row -> lines.add("worker on " + row.get(0).asText() + ": " + row.get(1).asText()));
    throw new KindlingException(
        ErrorCode.TARGET_PATHS,
        ("Workers of target '%s' do not see, or may not write, what this machine sees:%n  %s%n"
                + "Put inputs, outputs and the project where all of them see the same files under"
                + " the same path, such as a shared file system.")
            .formatted(target.name(), String.join(System.lineSeparator() + "  ", lines)));
  }

  private static boolean isLocalFile(String path) {
    return path.indexOf("://") < 0 && !path.matches(".*[*?\\[{].*");
  }

  private static Path nearestFolder(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    while (!Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return folder;
  }
}
