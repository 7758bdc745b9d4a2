package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands without a cluster that runs; the tests of the distribution start real ones. */
class ClusterCommandsTest {
  @TempDir Path folder;

  private Result launch(String... args) {
    return Cli.launch(Map.of("KINDLING_STATE", folder.toString()), args);
  }

  @Test
  void aGroupNamesItsCommands() {
    Result result = launch("cluster");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("'kindling cluster' needs one of its commands: up, status,", "worker", "down");
    assertThat(launch("cluster", "worker").errorOutput()).contains("add, drain, kill");
  }

  @Test
  void everyPartHasHelp() {
    for (String command : List.of("up", "status", "logs", "repair", "join", "down")) {
      Result help = launch("help", "cluster", command);
      assertThat(help.output()).startsWith("NAME\n    kindling cluster " + command + " - ");
      assertThat(launch("cluster", command, "--help")).isEqualTo(help);
    }
    assertThat(launch("help", "cluster", "worker", "drain").output())
        .contains("SYNOPSIS\n    kindling cluster worker drain [OPTIONS] N\n", "--deadline");
    assertThat(launch("help", "cluster", "wroker"))
        .isEqualTo(
            new Result(
                2,
                "",
                "Unknown command 'wroker' of 'kindling cluster'. Did you mean 'worker'? 'kindling"
                    + " help cluster' shows its commands.\n"));
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    Result result = launch("cluster", "stauts");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("'stauts'", "Did you mean 'status'?", "'kindling help cluster'");
  }

  @Test
  void saysThatThereIsNoSuchCluster() {
    for (String[] command :
        new String[][] {
          {"cluster", "status"},
          {"cluster", "down"},
          {"cluster", "logs"},
          {"cluster", "token"},
          {"cluster", "repair"},
          {"cluster", "worker", "add"},
          {"cluster", "worker", "drain", "1"},
          {"cluster", "worker", "kill", "worker-1"}
        }) {
      Result result = launch(command);

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.errorOutput())
          .contains("There is no cluster 'cluster' (there is none at all).", "cluster up");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesWhatItCannotRead() {
    refused("'../x' as the name of a cluster", "cluster", "status", "--name", "../x");
    refused("Cannot listen at '192.0.2.1' (--host)", "cluster", "up", "--host", "192.0.2.1");
    refused("Cannot listen at 'no.such.invalid'", "cluster", "up", "--host", "no.such.invalid");
    refused("Cannot read --workers '-1'", "cluster", "up", "--workers", "-1");
    refused("--memory '10m' is too small", "cluster", "up", "--memory", "10m");
    refused(
        "Only a secure cluster knows its users: give --secure with --admins, or leave it out.",
        "cluster",
        "up",
        "--admins",
        "dora");
    refused(
        "Cannot use '*' as the name of a user", "cluster", "up", "--secure", "--admins", "dora,*");
    refused(
        "Cannot limit applications so (--max-cores-per-app, --max-memory-per-app): 6 cores in"
            + " executors of 2 make 3 executors with 333 MB each",
        "cluster",
        "up",
        "--max-memory-per-app",
        "1000m");
    refused("Cannot read --max-cores-per-app '0'", "cluster", "up", "--max-cores-per-app", "0");
    refused("Cannot read the Worker 'x'", "cluster", "worker", "kill", "x");
    refused("Missing required parameter: 'N'", "cluster", "worker", "drain");
    refused("Cannot read the master 'host'", "cluster", "join", "host");
    refused("(accepted: text, json)", "cluster", "status", "--output", "yaml");
  }

  private void refused(String message, String... args) {
    Result result = launch(args);
    assertThat(result.exitCode()).as(result.errorOutput()).isEqualTo(2);
    assertThat(result.errorOutput()).contains(message);
  }

  @Test
  void aClusterWhoseProcessesAreGoneIsDown() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("clusters/old"));
    Files.writeString(
        cluster.resolve("cluster.json"),
        """
        {"version": 1, "createdAt": "2026-01-01T00:00:00Z", "host": "127.0.0.1",
         "masterUrl": "spark://127.0.0.1:7077", "secure": false, "processes": [
          {"name": "master", "role": "master", "pid": 1, "startedAt": "2000-01-01T00:00:00Z",
           "host": "127.0.0.1", "port": 7077, "webPort": 8080}]}
        """);

    Result text = launch("cluster", "status", "--name", "old");
    Result json = launch("cluster", "status", "--name", "old", "--output", "json");

    assertThat(text.exitCode()).isEqualTo(5);
    assertThat(text.output()).contains("Cluster 'old' is down", "master", "DEAD");
    assertThat(json.exitCode()).isEqualTo(5);
    assertThat(json.output())
        .contains("\"version\" : 1", "\"health\" : \"down\"", "\"alive\" : false");
    assertThat(launch("cluster", "status").errorOutput()).contains("(there are: old)");
    assertThat(launch("cluster", "down", "--name", "old").exitCode()).isZero();
    assertThat(cluster.resolve("cluster.json")).doesNotExist();
  }

  @Test
  void aDamagedStateFileIsTold() throws IOException {
    Path cluster = Files.createDirectories(folder.resolve("clusters/cluster"));
    Files.writeString(cluster.resolve("cluster.json"), "{\"version\": 2}");

    Result result = launch("cluster", "status");

    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.errorOutput()).contains("its version is 2 (accepted: 1)", "delete that file");
  }
}
