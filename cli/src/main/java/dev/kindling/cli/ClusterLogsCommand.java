package dev.kindling.cli;

import dev.kindling.cluster.local.ClusterLogs;
import dev.kindling.cluster.local.ClusterLogs.Log;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.model.process.LogTail;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster logs [PROCESS]}; works for a cluster that is down as well. */
final class ClusterLogsCommand implements Command {
  private static final int LINES_OF_ONE = 100;
  private static final int LINES_OF_EACH = 10;
  private static final long MOST_LINES = 100_000;

  @Override
  public Manual manual() {
    return Manual.of(
            "Show the last lines of a cluster's logs.",
            """
            Shows those of its processes, also after its end, and while it is up those of executors.
            """)
        .clusterExample("Show the log of the Master", "kindling cluster logs master --name demo")
        .json("cluster-logs")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    spec.addPositional(
        ClusterCommands.optionalWord(
            "PROCESS", "Such as master, worker-1, history; default: all processes."));
    spec.addOption(
        Arguments.text(
            "--lines", "N", "How many lines of each; default: 100 of one process, 10 of all."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Optional<String> process = Optional.ofNullable(args.matchedPositionalValue(0, null));
    ClusterLogs logs = ClusterCommands.clusters(console).logs(ClusterCommands.name(args));
    List<Log> shown = process.isPresent() ? List.of(find(logs, process.get())) : logs.all();
    int lines =
        (int)
            Arguments.number(args, "--lines", 1, MOST_LINES)
                .orElse(process.isPresent() ? LINES_OF_ONE : LINES_OF_EACH);
    switch (form) {
      case TEXT -> text(shown, lines, console);
      case JSON -> console.out().println(json(shown, lines));
    }
    return 0;
  }

  private static Log find(ClusterLogs logs, String process) {
    List<String> names = logs.all().stream().map(Log::process).toList();
    return logs.all().stream()
        .filter(log -> log.process().equals(process))
        .findFirst()
        .orElseThrow(
            () ->
                new KindlingException(
                    ErrorCode.CLUSTER_NOT_FOUND,
                    "There is no log of '%s' (accepted: %s).%s"
                        .formatted(
                            process,
                            String.join(", ", names),
                            Suggestions.closest(process, names)
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(""))));
  }

  private static void text(List<Log> logs, int lines, Console console) {
    for (Log log : logs) {
      console.say("==> " + log.process() + ": " + log.file());
      LogTail.lines(log.file(), lines).forEach(console.out()::println);
      console.out().flush();
    }
  }

  private static String json(List<Log> logs, int lines) {
    return JsonWriter.object(
        json -> {
          json.writeArrayFieldStart("logs");
          for (Log log : logs) {
            json.writeStartObject();
            json.writeStringField("process", log.process());
            json.writeStringField("file", log.file().toString());
            json.writeArrayFieldStart("lines");
            for (String line : LogTail.lines(log.file(), lines)) {
              json.writeString(line);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
