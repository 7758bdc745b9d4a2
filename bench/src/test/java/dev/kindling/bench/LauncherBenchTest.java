package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.bench.data.TpchData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks that start a launcher, with scripts in its place that answer right or wrong. */
@Tag("slow")
class LauncherBenchTest {
  // Query 6 at scale 0.01, from the generator's published results.
  private static final String ANSWER = "1193053.2253";
  @TempDir static Path temp;

  @BeforeAll
  static void generate() {
    TpchData.prepare(temp.resolve("data"), 0.01, line -> {});
  }

  @Test
  void coldTakesARightAnswerAndReportsAllTimes() throws IOException {
    Result result = bench("cold", script("echo '| " + ANSWER + " |'"));
    assertThat(result.err()).contains("Round 1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("kindling sql").contains("raw DuckDB").contains("CPU ms");
  }

  @Test
  void coldExitsWithOneOnAWrongAnswer() throws IOException {
    Result result = bench("cold", script("echo 1193053.22"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains("FAILED  kindling sql in round 0 did not print " + ANSWER + " but: 1193053.22");
  }

  @Test
  void startTellsTheTimesOfTheDailyCommandsAndOfTheShellsPrompt() throws IOException {
    Result result =
        bench("start", script("[ $1 != shell ] || { printf 'kindling> '; read line; }"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("check --fast", "test, of 10 tests", "CPU ms");
    if (PromptRun.isPossible()) {
      assertThat(result.out()).contains("shell, to the prompt");
    }
  }

  @Test
  void startTellsOfACommandThatFails() throws IOException {
    Result result = bench("start", script("echo broken >&2; exit 2"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("ended with exit code 2", "broken");
  }

  @Test
  void csvTakesTheRightRows() throws IOException {
    Result result = bench("csv", script(OUTPUT + "cp " + LINEITEM + " $out"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("regular").contains("quoted").contains("raw DuckDB");
  }

  @Test
  void csvExitsWithOneOnMissingRows() throws IOException {
    // The first file twice in place of the table: as many columns, other rows.
    Result result = bench("csv", script(OUTPUT + "cp " + LINEITEM + " $out/a.parquet; " + COPY));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains("FAILED  kindling run, regular files: number of rows and their checksum is ")
        .contains("FAILED  kindling run, quoted files: ")
        .doesNotContain("FAILED  raw DuckDB");
  }

  private static final String LINEITEM = "data/lineitem/part-0.parquet";
  private static final String COPY = "cp " + LINEITEM + " $out/b.parquet";

  /** Finds the output folder in the pipeline file that the benchmark wrote. */
  private static final String OUTPUT =
      "out=$(sed -n 's/.*path: \"\\(.*\\)\", mode.*/\\1/p' $2/kindling.yaml); mkdir -p $out; ";

  private static Path script(String body) throws IOException {
    Path file = Files.createTempFile(temp, "kindling", ".sh");
    Files.writeString(file, "#!/bin/sh\n" + body.replace("data/", temp + "/data/") + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private record Result(int exitCode, String out, String err) {}

  private static Result bench(String name, Path launcher) {
    List<String> args = new ArrayList<>(List.of(name, "--scale", "0.01", "--rounds", "1"));
    args.addAll(List.of("--engines", "duckdb", "--memory", "1g"));
    args.addAll(List.of("--data", temp.resolve("data").toString()));
    args.addAll(List.of("--out", temp.resolve("out").toString()));
    args.addAll(List.of("--kindling", launcher.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Bench.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args.toArray(String[]::new));
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
