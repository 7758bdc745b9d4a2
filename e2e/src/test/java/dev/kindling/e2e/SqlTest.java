package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kindling sql} as a process. */
class SqlTest {
  @TempDir Path folder;

  private static final String NUMBERS = "SELECT count(*) AS n, sum(id) AS s FROM range(4000)";

  @Test
  void rowsGoToStandardOutputAndTalkDoesNot() {
    Path customers = Cli.root().resolve("examples/revenue/data/customers");
    Result result =
        Cli.in(folder)
            .run(
                "sql",
                "--output",
                "csv",
                "--table",
                "customers=" + customers,
                "-e",
                "SELECT count(*) AS n FROM customers");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("n\n4000\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aRefusedQueryGivesTheSameRowsThroughSpark() {
    // Random numbers are refused: their sequence is Spark's own.
    Result result =
        Cli.in(folder).run("sql", "--output", "csv", "-e", NUMBERS + " WHERE rand(1) < 2");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("n,s\n4000,7998000\n");
  }

  @Test
  void aSyntaxErrorIsSparksAndNamesThePlace() {
    Result result = Cli.in(folder).run("sql", "-e", "SELECT 1,\n  (2 FROM x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("PARSE_SYNTAX_ERROR");
  }

  @Test
  void takesAScriptFromStandardInput() {
    Result result =
        Cli.in(folder).runWithInput("SELECT 1 AS a;\nSELECT 'é' AS b;\n", "sql", "-f", "-");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("1", "é");
  }

  @Test
  void aReaderThatGoesAwayEndsItQuietly() throws Exception {
    Path caller = folder.resolve("caller");
    LauncherTest.script(
        caller,
        "'%s' sql --output csv -e 'SELECT id AS x FROM range(1000000)' | head -n 1"
            .formatted(Cli.dist().resolve("bin/kindling")));
    Result result = Cli.program(caller, folder).run();
    assertThat(result.out()).isEqualTo("x\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void ctrlCEndsAQueryWithExitCode130() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Running running =
        Cli.in(folder).with("TMPDIR", temporary.toString()).start("", "sql", "-e", Native.ENDLESS);
    Until.holds(() -> Native.running(temporary), "the query runs natively");
    List<ProcessHandle> processes = running.launcher().descendants().toList();
    running.signalAll("INT");
    assertThat(running.await().exitCode()).isEqualTo(130);
    assertThat(running.out()).isEmpty();
    assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(Folders.names(temporary)).isEmpty();
  }

  @Test
  void aTerminationIsPassedOn() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Running running =
        Cli.in(folder).with("TMPDIR", temporary.toString()).start("", "sql", "-e", Native.ENDLESS);
    Until.holds(() -> Native.running(temporary), "the query runs natively");
    ProcessHandle java = running.java();
    Cli.signal("TERM", running.launcher());
    assertThat(running.await().exitCode()).isEqualTo(143);
    assertThat(java.isAlive()).isFalse();
  }

  @Test
  void noProcessOutlivesALauncherThatIsKilled() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Running running =
        Cli.in(folder).with("TMPDIR", temporary.toString()).start("", "sql", "-e", Native.ENDLESS);
    Until.holds(() -> Native.running(temporary), "the query runs natively");
    ProcessHandle java = running.java();
    Cli.signal("KILL", running.launcher());
    Until.holds(() -> !java.isAlive(), "the end of the Java process");
  }

  @Test
  void afterANativeCrashTheQueryOfStandardInputRunsOnSpark() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectory(project.resolve(".kindling"));
    Running running =
        Cli.in(project)
            .with("TMPDIR", temporary.toString())
            // Four hundred million rows on Spark: the second compiler is worth its time here.
            .with("JDK_JAVA_OPTIONS", "")
            .start(Native.SOME_SECONDS, "sql", "--output", "csv", "-");
    Until.holds(() -> Native.running(temporary), "the query runs natively");
    Cli.signal("SEGV", running.java());
    Result result = running.await();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("the native engine crashed with signal", "running the same command again");
    assertThat(Folders.names(project.resolve(".kindling")))
        .anyMatch(name -> name.startsWith("hs_err_"));
    assertThat(result.out()).isEqualTo(Native.someSecondsResult());
  }
}
