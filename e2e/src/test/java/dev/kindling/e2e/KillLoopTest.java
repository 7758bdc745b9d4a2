package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills {@code kindling run} at random moments, every process of it at once. After each kill every
 * output is whole: all of one version, never an older one than before, or absent. The next run puts
 * right what it finds. Every row of an output carries the number of the run that made it.
 */
@Tag("suite")
class KillLoopTest {
  private static final List<String> OUTPUTS = List.of("details", "by_group", "totals");
  private static final String FIRST = "details";
  private static final String LAST = "totals";
  private static final int ROWS = 4000;

  /** From the first file of the last output until all are published. */
  private static final int PUBLISHING_MILLIS = 80;

  private static final Map<String, Long> EXPECTED_ROWS =
      Map.of("details", (long) ROWS, "by_group", 40L, "totals", 1L);
  private static final String PIPELINE =
      """
      pipeline: killed
      params: { version: 0 }
      tables:
        input:
          sql: SELECT id, CAST(id % 8 AS INT) AS part, CAST(id % 100 AS DECIMAL(12,2)) AS amount FROM range(4000)
        details:
          sql: SELECT id, amount, part, :version AS version FROM input
          write: { format: parquet, path: out/details, mode: overwrite, partition_by: [part] }
        by_group:
          sql: SELECT id % 40 AS grp, sum(amount) AS amount, max(version) AS version FROM details GROUP BY id % 40
          write: { format: parquet, path: out/by_group, mode: overwrite }
        totals:
          sql: SELECT sum(amount) AS amount, count(*) AS n, max(version) AS version FROM by_group
          write: { format: parquet, path: out/totals, mode: overwrite }
      """;

  @TempDir Path project;

  @Test
  void everyOutputIsWholeAfterEveryKill() throws Exception {
    int rounds = Integer.getInteger("kill.rounds", 15);
    String given = System.getProperty("kill.seed", "");
    long seed = given.isBlank() ? new Random().nextLong() : Long.parseLong(given);
    System.out.printf("KillLoopTest: %d rounds, -Dkill.seed=%d%n", rounds, seed);
    Random random = new Random(seed);
    Files.writeString(project.resolve("kindling.yaml"), PIPELINE);

    long began = System.nanoTime();
    complete(1);
    long runMillis = (System.nanoTime() - began) / 1_000_000;
    Map<String, Long> versions = new HashMap<>();
    OUTPUTS.forEach(output -> versions.put(output, 1L));
    List<String> story = new ArrayList<>();
    int killed = 0;
    int changed = 0;
    for (int round = 2; round < rounds + 2; round++) {
      Running running = Cli.in(project).start("", "run", ".", "--set", "version=" + round);
      ProcessHandle java = running.java();
      switch (random.nextInt(3)) {
        case 0 -> running.awaitAtMost((long) (random.nextDouble() * runMillis));
        case 1 -> {
          Until.holds(() -> !running.alive() || staged(LAST), "the last output is being staged");
          running.awaitAtMost(random.nextInt(PUBLISHING_MILLIS));
        }
        default -> {
          // Publishing takes some milliseconds only: begin to count when it begins.
          Until.holds(() -> !running.alive() || staged(LAST), "the last output is being staged");
          Until.holds(() -> !running.alive() || !staged(FIRST), "the first output is published");
          running.awaitAtMost(random.nextInt(3));
        }
      }
      // The quick way first: starting a program to send the signal takes as long as publishing.
      boolean alive = java.isAlive();
      java.destroyForcibly();
      running.signalAll("KILL");
      running.await();
      killed += alive ? 1 : 0;
      StringBuilder line = new StringBuilder("run " + round + (alive ? " killed" : " ended") + ":");
      boolean absent = false;
      for (String output : OUTPUTS) {
        long found = version(output);
        line.append(' ').append(output).append('=').append(found == 0 ? "absent" : "v" + found);
        absent |= found == 0;
        if (found != 0) {
          // A run that was killed after its point of no return is finished by a later one.
          assertThat(found)
              .as("%s; seed %d", line, seed)
              .isBetween(versions.get(output), (long) round);
          changed += found == versions.get(output) ? 0 : 1;
          versions.put(output, found);
        }
      }
      story.add(line.toString());
      assertThat(absent || inOrder(versions)).as("%s; seed %d", line, seed).isTrue();
      if (absent) {
        complete(round);
        OUTPUTS.forEach(output -> versions.put(output, version(output)));
        assertThat(versions.values()).as("%s; seed %d", line, seed).containsOnly((long) round);
      }
    }
    story.forEach(System.out::println);
    int last = rounds + 2;
    complete(last);
    for (String output : OUTPUTS) {
      assertThat(version(output)).isEqualTo(last);
    }
    assertThat(leftovers()).as("seed %d", seed).isEmpty();
    assertThat(killed).as("a loop that kills nothing proves nothing; seed %d", seed).isPositive();
    System.out.printf(
        "KillLoopTest: %d of %d runs killed, %d outputs changed hands%n", killed, rounds, changed);
  }

  /** Outputs are published one by one, in the order of the pipeline. */
  private static boolean inOrder(Map<String, Long> versions) {
    return versions.get("details") >= versions.get("by_group")
        && versions.get("by_group") >= versions.get("totals");
  }

  private void complete(int version) {
    Result result = Cli.in(project).run("run", ".", "--set", "version=" + version);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  /** The one version that all rows of an output have; 0 when it is absent. */
  private long version(String output) {
    Path folder = project.resolve("out").resolve(output);
    if (!Files.exists(folder)) {
      return 0;
    }
    String sql =
        "SELECT count(*), min(version), max(version) FROM read_parquet('%s', hive_partitioning = true)"
            .formatted(folder + "/**/*.parquet");
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      assertThat(rows.getLong(1)).as("rows of " + output).isEqualTo(EXPECTED_ROWS.get(output));
      assertThat(rows.getLong(2)).as("oldest row of " + output).isEqualTo(rows.getLong(3));
      return rows.getLong(2);
    } catch (SQLException e) {
      throw new AssertionError(output + " cannot be read", e);
    }
  }

  /** Whether a run has begun to write this output. */
  private boolean staged(String output) {
    return Folders.names(project.resolve("out")).stream()
        .anyMatch(name -> name.startsWith("._kindling-") && name.endsWith("-" + output + ".new"));
  }

  /** Staging folders that are still there. */
  private List<String> leftovers() throws IOException {
    try (Stream<Path> paths = Files.walk(project.resolve("out"))) {
      return paths
          .map(path -> project.relativize(path).toString())
          .filter(path -> path.contains("._kindling-"))
          .toList();
    }
  }
}
