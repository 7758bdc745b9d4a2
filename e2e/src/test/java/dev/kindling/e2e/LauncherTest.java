package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does before and around the Java process. */
class LauncherTest {
  @TempDir Path folder;

  @Test
  void tellsItsVersion() {
    Result result = Cli.in(folder).run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("kindling ").contains("Spark SQL 4.0", "DuckDB");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void helpListsTheCommands() {
    Result result = Cli.in(folder).run("--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("sql", "run", "check", "plan", "compare");
  }

  @Test
  void wrongUsageIsExitCode2AndTalkGoesToStandardError() {
    Result result = Cli.in(folder).run("rum");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("rum", "Did you mean 'run'?");
  }

  @Test
  void argumentsArriveAsTheyAre() {
    Result result = Cli.in(folder).run("a b  'c' $HOME * \"d\"");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("a b  'c' $HOME * \"d\"");
  }

  @Test
  void startsThroughASymbolicLinkAndWithAnUnusualWorkingFolder() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("ünusual folder"));
    Path link = Files.createSymbolicLink(odd.resolve("k"), Cli.dist().resolve("bin/kindling"));
    Result result = Cli.program(link, odd).run("--version");
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void refusesAnOldJavaAndSaysWhatToDo() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    script(bin.resolve("java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Result result =
        Cli.in(folder)
            .with("JAVA_HOME", "")
            .with("PATH", bin + ":" + System.getenv("PATH"))
            .run("--version");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err())
        .contains("needs Java 17 or 21", bin.resolve("java").toString(), "11.0.2", "Set JAVA_HOME");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void refusesAJavaHomeWithAnotherVersionInItsReleaseFile() throws IOException {
    Path home = folder.resolve("jdk");
    script(Files.createDirectories(home.resolve("bin")).resolve("java"), "exit 9");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"24.0.1\"\n");
    Result result = Cli.in(folder).with("JAVA_HOME", home.toString()).run("--version");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("needs Java 17 or 21", "JAVA_HOME (" + home + ")", "24.0.1");
  }

  @Test
  void saysWhenJavaHomeIsWrong() {
    Result result = Cli.in(folder).with("JAVA_HOME", "/nowhere").run("--version");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("JAVA_HOME (/nowhere) has no bin/java");
  }

  @Test
  void closedStandardStreamsDoNoHarm() throws IOException {
    Path caller = folder.resolve("caller");
    script(caller, Cli.dist().resolve("bin/kindling") + " --version <&- >&- 2>&-");
    Result result = Cli.program(caller, folder).run();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aReaderThatGoesAwayEndsItQuietly() throws IOException {
    Path caller = folder.resolve("caller");
    script(
        caller,
        "set -o pipefail; "
            + Cli.dist().resolve("bin/kindling")
            + " --help | head -n 1 >first; cat first");
    Result result = Cli.program(caller, folder).run();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("Usage: kindling");
  }

  @Test
  void leavesNothingInTheTemporaryFolder() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Result result = Cli.in(folder).with("TMPDIR", temporary.toString()).run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
