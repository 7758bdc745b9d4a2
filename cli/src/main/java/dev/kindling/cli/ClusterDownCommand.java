package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster down}. */
final class ClusterDownCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "End a cluster with all that runs on it.",
            """
            Its logs stay, and nothing else.
            """)
        .clusterExample("End a cluster", "kindling cluster down --name demo")
        .json("cluster-down")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    return ClusterCommands.spec();
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Cluster cluster = ClusterCommands.clusters(console).down(ClusterCommands.name(args));
    switch (form) {
      case TEXT ->
          console.say(
              "Cluster '%s' is down; its logs are in %s."
                  .formatted(cluster.name(), cluster.folder().logs()));
      case JSON ->
          console
              .out()
              .println(
                  JsonWriter.object(
                      json -> {
                        json.writeStringField("name", cluster.name());
                        json.writeStringField("health", "down");
                        json.writeStringField("logs", cluster.folder().logs().toString());
                      }));
    }
    return 0;
  }
}
