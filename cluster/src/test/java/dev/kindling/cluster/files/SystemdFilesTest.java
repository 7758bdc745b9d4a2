package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.cluster.files.Made.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdFilesTest {
  @TempDir Path folder;

  private final Made made =
      Made.of(DeployKind.SYSTEMD, 9, 16, 64, Made.options("a.example", "b.example", "c"));

  @Test
  void unitsAreThoseOfTheHosts() {
    assertThat(made.text("spark-master.service")).contains(" --host a.example --port 7077 ");
    assertThat(made.text("spark-worker.service"))
        .contains("on each of: a.example b.example c.")
        .contains("--cores 15 --memory 58368m ")
        .contains(" spark://a.example:7077\n");
    assertThat(made.text("spark-defaults.conf"))
        .contains("# 3 nodes of 16 cores and 64 GB; etl on Spark standalone, client mode");
  }

  @Test
  void systemdAcceptsTheUnits() throws IOException, InterruptedException {
    boolean there = Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
    // Where nothing may be left out, a missing program is an error.
    assertThat(there || !"true".equals(System.getenv("CI")))
        .as("systemd-analyze is there")
        .isTrue();
    assumeTrue(there, "needs systemd-analyze: apt-get install systemd");
    made.writeTo(folder);
    for (String unit :
        List.of("spark-master.service", "spark-worker.service", "spark-history.service")) {
      Path path = folder.resolve(unit);
      // It looks whether the program is there, and here it is not.
      Files.writeString(
          path, Files.readString(path).replace("/opt/spark/bin/spark-class", "/bin/true"));
      Ran ran =
          Made.run(folder, Map.of(), "systemd-analyze", "verify", "--man=no", path.toString());

      assertThat(ran.output().lines().filter(line -> line.contains(unit)).toList()).isEmpty();
      assertThat(ran.output()).doesNotContain("Unknown key", "Failed to parse");
    }
  }

  @Test
  void settingsAreThoseThatSparkKnows() throws IOException {
    Properties daemons = made.properties("daemons.conf");
    Properties defaults = made.properties("spark-defaults.conf");

    assertThat(defaults)
        .containsEntry("spark.master", "spark://a.example:7077")
        .containsEntry("spark.executor.memory", "19g");
    SparkSettings.assertKnown(daemons.stringPropertyNames());
    SparkSettings.assertKnown(defaults.stringPropertyNames());
  }

  @Test
  void firewallOpensForTheHostsOnly() throws IOException, InterruptedException {
    made.writeTo(folder);
    Path bin = folder.resolve("bin");
    Made.stub(bin, "nft");
    Path getent =
        Files.writeString(bin.resolve("getent"), "#!/bin/sh\necho \"10.0.0.${#2} STREAM $2\"\n");
    assertThat(getent.toFile().setExecutable(true)).isTrue();
    Ran ran =
        Made.run(
            folder,
            Map.of("PATH", bin + ":" + System.getenv("PATH"), "DRIVERS", "laptop"),
            "./firewall.sh");

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output())
        .contains("ip saddr { 10.0.0.9, 10.0.0.9, 10.0.0.1, 10.0.0.6 } tcp dport 1024-65535 accept")
        .contains("7077-7132, 8080, 8081, 18080 } drop");
  }

  @Test
  void installBringsTheSecretWithoutShowingIt() throws IOException, InterruptedException {
    made.writeTo(folder);
    Path bin = folder.resolve("bin");
    Made.stub(bin, "ssh", "scp");
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    Ran first = Made.run(folder, path, "./install.sh");
    String secret = Files.readString(folder.resolve("secret"));
    Ran second = Made.run(folder, path, "./install.sh");

    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(Files.readString(folder.resolve("secret"))).isEqualTo(secret);
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secret"))))
        .isEqualTo("rw-------");
    assertThat(second.exitCode()).isZero();
    assertThat(first.output().lines().filter(line -> line.contains(secret)))
        .as("through standard input, once for each host, and in no argument")
        .hasSize(3)
        .allMatch(line -> line.startsWith("spark.authenticate.secret "));
    assertThat(first.output()).contains("<root@a.example>", "<root@b.example>", "<root@c>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"firewall.sh", "install.sh"})
  void scriptsAreBash(String name) throws IOException, InterruptedException {
    made.writeTo(folder);
    Ran ran = Made.run(folder, Map.of(), "bash", "-n", name);

    assertThat(ran.exitCode()).as(ran.output()).isZero();
    assertThat(ran.output()).isEmpty();
  }

  @Test
  void hostsAreNeededAndMustBeNames() {
    assertThatThrownBy(() -> Made.of(DeployKind.SYSTEMD, 3, 16, 64, Made.options()))
        .hasMessageContaining("--hosts a,b,c");
    assertThatThrownBy(() -> Made.options("a", "b; rm -rf /"))
        .hasMessageContaining("Cannot use 'b; rm -rf /' of --hosts");
    assertThatThrownBy(() -> Made.options("a", "")).hasMessageContaining("--hosts");
    assertThatThrownBy(() -> Made.options("a", "a")).hasMessageContaining("stands twice");
  }
}
