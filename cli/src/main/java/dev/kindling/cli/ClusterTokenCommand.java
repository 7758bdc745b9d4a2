package dev.kindling.cli;

import dev.kindling.cluster.local.Cluster;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cluster token}: what a secure cluster's pages ask for. */
final class ClusterTokenCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Print a token that opens the pages of a secure cluster.",
            """
            It holds for half a day. A program sends it along:

              curl -H "Authorization: Bearer $(kindling cluster token)" URL
            """)
        .clusterExample("Print a token", "kindling cluster token --name demo")
        .json("cluster-token")
        .see("reference/cluster.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = ClusterCommands.spec();
    spec.addOption(
        Arguments.text(
            "--user",
            "NAME",
            "For this user, who sees the Master and what applications let them see; default: you,"
                + " who see everything."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ClusterCommands.Form form = ClusterCommands.form(args);
    Cluster cluster = ClusterCommands.clusters(console).get(ClusterCommands.name(args));
    String token =
        Arguments.text(args, "--user")
            .map(cluster::pageToken)
            .orElseGet(cluster::pageToken)
            .orElseThrow(
                () ->
                    new KindlingException(
                        ErrorCode.USAGE,
                        "The pages of cluster '%s' ask for no token: it was not started with --secure."
                            .formatted(cluster.name())));
    console
        .out()
        .println(
            switch (form) {
              case TEXT -> token;
              case JSON -> JsonWriter.object(json -> json.writeStringField("token", token));
            });
    return 0;
  }
}
