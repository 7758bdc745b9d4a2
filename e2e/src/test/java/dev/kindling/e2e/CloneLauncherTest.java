package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the launcher of a clone builds, and that only one of several does. The clone is a small one
 * and its Maven a script that notes its calls: a real build inside a build would take a minute and
 * overwrite what these tests run.
 */
class CloneLauncherTest {
  private static final List<String> MODULES =
      List.of("model", "storage", "embedded", "spark", "runtime", "cli", "bench", "dist");

  @TempDir Path folder;
  private Path clone;
  private Path calls;
  private Path gate;

  @BeforeEach
  void makeAClone() throws IOException {
    clone = Files.createDirectories(folder.resolve("a clone"));
    calls = folder.resolve("calls");
    gate = Files.createFile(folder.resolve("gate"));
    Files.copy(
        Cli.root().resolve("kindling"),
        clone.resolve("kindling"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.createFile(clone.resolve("pom.xml"));
    for (String module : MODULES) {
      Files.createDirectories(clone.resolve(module).resolve("src/main"));
      Files.createFile(clone.resolve(module).resolve("pom.xml"));
    }
    Path libexec = Files.createDirectories(clone.resolve("dist/src/main/home/libexec"));
    Files.copy(
        Cli.root().resolve("dist/src/main/home/libexec/java.sh"), libexec.resolve("java.sh"));
    Path command =
        Files.createDirectories(clone.resolve("dist/target/kindling/bin")).resolve("kindling");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    // Waits while the gate is there, so that a test decides how long a build takes.
    LauncherTest.script(
        bin.resolve("mvn"),
        """
        echo "mvn $*" >>'%s'
        while [ ! -e '%s' ]; do sleep 0.02; done
        [ ! -e '%s' ] || { echo '[ERROR] Foo.java:[3,1] cannot find symbol'; exit 1; }
        mkdir -p '%s'
        printf '#!/usr/bin/env bash\\necho "ran $*"\\n' >'%s'
        chmod +x '%s'
        """
            .formatted(
                calls, gate, folder.resolve("broken"), command.getParent(), command, command));
  }

  private Running start(String... args) {
    return Cli.program(clone.resolve("kindling"), folder)
        .with("KINDLING_BUILD", "")
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
        .start("", args);
  }

  private int builds() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  @Test
  void buildsOnceAndThenOnlyRuns() throws IOException {
    Result first = start("--version").await();
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).isEqualTo("ran --version\n");
    assertThat(first.err().lines())
        .singleElement()
        .asString()
        .startsWith("Building Kindling (first time");
    Result second = start("sql", "-e", "SELECT 1").await();
    assertThat(second.out()).isEqualTo("ran sql -e SELECT 1\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
    assertThat(Files.readString(calls)).contains("-Plauncher", "-pl dist", "package");
  }

  @Test
  void buildsAgainWhenASourceChangedOrWentAway() throws IOException {
    Path source = Files.createFile(clone.resolve("model/src/main/Foo.java"));
    start().await();
    Files.writeString(source, "class Foo {}");
    assertThat(start().await().err()).contains("sources changed");
    assertThat(builds()).isEqualTo(2);
    Files.delete(source);
    assertThat(start().await().err()).contains("sources changed");
    assertThat(builds()).isEqualTo(3);
    assertThat(start().await().err()).isEmpty();
  }

  @Test
  void ofTwoAtOnceOneBuildsAndTheOtherWaits() throws IOException {
    Files.delete(gate);
    Running first = start("first");
    Until.holds(() -> Files.exists(calls), "the first build");
    Running second = start("second");
    Until.holds(
        () -> second.err().contains("Waiting for another build"), "the second launcher waits");
    Files.createFile(gate);
    assertThat(first.await().out()).isEqualTo("ran first\n");
    assertThat(second.await().out()).isEqualTo("ran second\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatWasKilledDoesNotBlockTheNext() throws IOException {
    Files.delete(gate);
    Running killed = start("killed");
    Until.holds(() -> Files.exists(calls), "the build");
    killed.signalAll("KILL");
    killed.await();
    Files.createFile(gate);
    assertThat(start("next").await().out()).isEqualTo("ran next\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndItsLog() throws IOException {
    Path broken = Files.createFile(folder.resolve("broken"));
    Result result = start("run").await();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("cannot find symbol", "dist/target/build.log");
    Files.delete(broken);
    assertThat(start("run").await().out()).isEqualTo("ran run\n");
  }
}
