package dev.kindling.cli;

import dev.kindling.cli.launch.DriverMain;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.runtime.pipeline.RunOutcome;
import dev.kindling.runtime.submit.ClusterRun;
import dev.kindling.runtime.submit.DriverFolder;
import dev.kindling.runtime.submit.SubmitEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling run --deploy-mode cluster}: the same command, as a driver on a worker. */
final class RunOnCluster {
  // Said here, or answered here.
  private static final Set<String> NOT_PASSED_ON = Set.of("--deploy-mode", "--output");

  private final Pipeline pipeline;
  private final Target target;
  private final Console console;

  RunOnCluster(Pipeline pipeline, Target target, Console console) {
    this.pipeline = pipeline;
    this.target = target;
    this.console = console;
  }

  /**
   * Runs it to the driver's end.
   *
   * @return the exit code that the run gave on the cluster
   */
  int run(ParseResult args, RunCommand.Form form) throws IOException {
    ClusterRun cluster = new ClusterRun(DriverMain.class, target, pipeline.directory());
    DriverFolder folder = DriverFolder.create(pipeline.directory());
    SubmitEnd end;
    try (FileFollower talk = new FileFollower(folder.talk(), console.err())) {
      end = cluster.run(folder, words(args), console.environment());
    }
    OptionalInt exitCode = folder.exitCode();
    if (exitCode.isEmpty()) {
      throw died(end, folder);
    }
    if (Files.size(folder.output()) > 0) {
      if (form == RunCommand.Form.JSON) {
        console.out().print(Files.readString(folder.output()));
      } else {
        RunRecordStore.readFile(folder.output()).ifPresent(this::summarise);
      }
    }
    return exitCode.getAsInt();
  }

  private List<String> words(ParseResult args) {
    List<String> words =
        new ArrayList<>(
            List.of("run", pipeline.file().toAbsolutePath().toString(), "--output", "json"));
    for (OptionSpec option : args.matchedOptions()) {
      if (NOT_PASSED_ON.contains(option.longestName())) {
        continue;
      }
      if (option.arity().max() == 0) {
        words.add(option.longestName());
      } else {
        for (String value : option.stringValues()) {
          words.addAll(List.of(option.longestName(), value));
        }
      }
    }
    return words;
  }

  private void summarise(RunRecord run) {
    Path folder = new RunRecordStore(pipeline.directory()).directory(run.runId());
    RunSummary.print(
        new RunOutcome(run, folder, folder.resolve("report.html"), Optional.empty()), console);
  }

  private KindlingException died(SubmitEnd end, DriverFolder folder) {
    if (!Files.exists(folder.talk()) && end.state().equals("ERROR")) {
      return new KindlingException(
          ErrorCode.TARGET_PATHS,
          "The driver could not be started on its worker. It takes Kindling's files and the pipeline from '%s': put the project where all workers see the same files under the same path, such as a shared file system, or leave the driver on this machine, without --deploy-mode cluster."
              .formatted(pipeline.directory()));
    }
    end.failedDriver()
        .ifPresent(driver -> DriverLogs.explain(driver, end.state(), target, console));
    return new KindlingException(
        ErrorCode.SPARK_PROCESS,
        "The driver ended before the run did (%s). Nothing more is published; what the run had published by then, the next run tells."
            .formatted(end.state().isEmpty() ? "it says nothing of its end" : end.state()));
  }
}
