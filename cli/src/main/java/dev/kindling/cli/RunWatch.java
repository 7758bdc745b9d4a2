package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.pipeline.Inputs;
import dev.kindling.runtime.pipeline.InvalidPipelineException;
import dev.kindling.runtime.pipeline.Pipelines;
import dev.kindling.runtime.pipeline.Rerun;
import dev.kindling.runtime.pipeline.RunListener;
import dev.kindling.runtime.pipeline.RunOutcome;
import dev.kindling.runtime.pipeline.TableProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/**
 * {@code run --watch}: after each save of a file that the pipeline is made of, the tables that it
 * touches run. What goes wrong is said, and the watching goes on until Ctrl-C.
 */
final class RunWatch {
  private final ParseResult args;
  private final Console console;

  RunWatch(ParseResult args, Console console) {
    this.args = args;
    this.console = console;
  }

  /**
   * Runs until somebody ends it.
   *
   * @param rerun what the first round runs
   */
  int run(Rerun rerun) throws IOException {
    try (FileWatch watch = new FileWatch();
        Interruption.Registration end = Interruption.onInterrupt(watch::close)) {
      round(watch, rerun, "");
      console.say("watching; Ctrl-C ends it");
      while (true) {
        Set<Path> saved = watch.await();
        if (saved.isEmpty() || Interruption.requested()) {
          return 0;
        }
        round(watch, Rerun.CHANGED, what(saved) + ": ");
      }
    } catch (InterruptedException e) {
      return 0;
    }
  }

  private static String what(Set<Path> saved) {
    Path first = saved.iterator().next();
    String others = saved.size() == 1 ? "" : " and " + (saved.size() - 1) + " more";
    return first.getFileName() + others + " saved";
  }

  private void round(FileWatch watch, Rerun rerun, String why) throws IOException {
    String line;
    try {
      // Also where the file cannot be read: the next save may mend it.
      watch.watch(List.of(file()), List.of());
      Pipeline pipeline = PipelineArguments.pipeline(args, console);
      watch(watch, pipeline);
      Optional<Target> target = TargetArgument.target(args, pipeline, console);
      RunOutcome outcome =
          Pipelines.run(
              pipeline,
              PipelineArguments.options(args, console, target).with(rerun),
              new Quiet(console));
      line = outcome.error().map(RunWatch::message).orElseGet(() -> done(outcome.record()));
    } catch (InvalidPipelineException e) {
      line = String.join("\n", e.problems().stream().map(Object::toString).toList());
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      line = message(e);
    }
    console.say(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + why + line);
  }

  private Path file() {
    Path path = Path.of(args.matchedPositionalValue(0, ".")).toAbsolutePath().normalize();
    return Files.isDirectory(path) ? path.resolve("kindling.yaml") : path;
  }

  private static String message(KindlingException e) {
    return "error: " + e.getMessage();
  }

  private static String done(RunRecord run) {
    List<String> ran = names(run, TableStatus.SUCCEEDED);
    int unchanged = names(run, TableStatus.UNCHANGED).size();
    return (ran.isEmpty() ? "nothing to run" : String.join(", ", ran) + " in " + time(run))
        + (unchanged == 0 ? "" : "; " + Texts.count(unchanged, "table") + " unchanged");
  }

  private static String time(RunRecord run) {
    return Texts.millis(run.millis());
  }

  private static List<String> names(RunRecord run, TableStatus status) {
    return run.tables().stream()
        .filter(table -> table.status() == status)
        .map(TableRecord::name)
        .toList();
  }

  private void watch(FileWatch watch, Pipeline pipeline) throws IOException {
    Set<Path> paths = new LinkedHashSet<>();
    paths.add(file());
    Set<Path> except = new LinkedHashSet<>();
    except.add(pipeline.directory().resolve(".kindling"));
    for (Table table : pipeline.tables()) {
      if (table.definition() instanceof Query query) {
        paths.add(query.source().file().toAbsolutePath().normalize());
      }
      Inputs.folder(pipeline, table).ifPresent(paths::add);
      table
          .write()
          .map(write -> pipeline.resolve(write.path()))
          .filter(path -> path.indexOf("://") < 0)
          .ifPresent(path -> except.add(Path.of(path)));
    }
    watch.watch(paths, except);
  }

  /** Says only what somebody has to know. */
  private record Quiet(Console console) implements RunListener {
    @Override
    public void talk(String line) {
      console.say(line);
    }

    @Override
    public void started(String table, int index, int total, Supplier<TableProgress> progress) {}

    @Override
    public void finished(TableRecord table) {
      table
          .observed()
          .unusual()
          .forEach(
              figure -> console.say("warning: table '" + table.name() + "': " + figure.text()));
    }

    @Override
    public void published(PublishedOutput output) {}
  }
}
