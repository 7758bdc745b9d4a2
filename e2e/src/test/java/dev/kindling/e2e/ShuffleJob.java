package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.Query;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SparkProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** A job of 1.2 million rows, twelve partitions and three shuffles, whose rows are known. */
final class ShuffleJob {
  private static final int ROWS = 1_200_000;
  private static final int KEYS = 100_000;
  private static final int GROUPS = 1_000;
  private static final int PARTITIONS = 12;

  // The hashes give every stage some work, so that a loss meets it in the middle.
  private static final String SQL =
      """
      WITH a AS (
        SELECT id %% %2$d AS k, count(*) AS n, sum(id) AS s,
               max(sha2(repeat(CAST(id AS STRING), 30), 512)) AS h
        FROM range(0, %1$d, 1, %4$d) GROUP BY 1),
      b AS (
        SELECT k %% %3$d AS m, sum(n) AS n, sum(s) AS s, max(sha2(repeat(h, 40), 512)) AS h
        FROM a GROUP BY 1)
      SELECT m, n, s, rank() OVER (PARTITION BY m %% %4$d ORDER BY s, h) AS r FROM b
      """
          .formatted(ROWS, KEYS, GROUPS, PARTITIONS);

  private ShuffleJob() {}

  /** Settings that the job's stages and tasks are counted on. */
  static Map<String, String> conf() {
    return Map.of(
        "spark.sql.shuffle.partitions",
        Integer.toString(PARTITIONS),
        // It would join the shuffle's partitions, and leave fewer tasks to be lost.
        "spark.sql.adaptive.enabled",
        "false");
  }

  /**
   * Runs it and holds its rows to the expected ones.
   *
   * @param stagesDone is told, again and again, how many stages are complete
   */
  static Result run(SparkProcess driver, IntConsumer stagesDone) {
    Result result =
        driver
            .run(
                new Query(SQL, new Output.Inline(GROUPS + 1)),
                progress -> stagesDone.accept(progress.stagesDone()))
            .orThrow();
    assertThat(rows(result.inline())).isEqualTo(expected());
    return result;
  }

  /** Each row as text, but for the rank, of which each part of the groups has all from 1 on. */
  private static TreeSet<String> rows(List<List<JsonNode>> inline) {
    TreeSet<String> rows = new TreeSet<>();
    Map<Integer, TreeSet<Integer>> ranks = new HashMap<>();
    for (List<JsonNode> row : inline) {
      rows.add(row.get(0).asInt() + " " + row.get(1).asLong() + " " + row.get(2).asLong());
      ranks
          .computeIfAbsent(row.get(0).asInt() % PARTITIONS, part -> new TreeSet<>())
          .add(row.get(3).asInt());
    }
    ranks.forEach(
        (part, found) -> {
          assertThat(found.first()).isEqualTo(1);
          assertThat(found.last()).isEqualTo(found.size());
        });
    assertThat(inline).hasSize(rows.size());
    return rows;
  }

  private static TreeSet<String> expected() {
    long[] sums = new long[GROUPS];
    long[] counts = new long[GROUPS];
    for (long id = 0; id < ROWS; id++) {
      int group = (int) (id % KEYS % GROUPS);
      sums[group] += id;
      counts[group]++;
    }
    TreeSet<String> rows = new TreeSet<>();
    for (int group = 0; group < GROUPS; group++) {
      rows.add(group + " " + counts[group] + " " + sums[group]);
    }
    return rows;
  }
}
