package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.bench.engine.BenchEngine;
import dev.kindling.bench.engine.InProcess;
import dev.kindling.bench.engine.Ordering;
import dev.kindling.bench.engine.QueryResult;
import dev.kindling.bench.engine.ResultTable;
import dev.kindling.embedded.EngineFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every query of the workloads over little data: all run in the embedded engine, and give Spark's
 * rows.
 */
@Tag("suite")
class WorkloadQueriesTest {
  private static final double SCALE = 0.01;
  @TempDir static Path temp;
  private static BenchEngine spark;

  @BeforeAll
  static void startSpark() {
    spark = InProcess.spark(temp.resolve("spark"));
  }

  @AfterAll
  static void stopSpark() throws Exception {
    spark.close();
  }

  @ParameterizedTest
  @CsvSource({"TPCH, 4", "SSB, 4", "TPCDS, 16"})
  void everyQueryRunsNativelyAndSomeGiveSparksRows(Workload workload, int step) throws Exception {
    check(workload, step);
  }

  @ParameterizedTest
  @EnumSource(names = {"TPCH", "TPCDS", "SSB"})
  @Tag("suite")
  void everyQueryGivesSparksRows(Workload workload) throws Exception {
    check(workload, 1);
  }

  /** Runs all queries, and each {@code step}th of them on Spark too. */
  private static void check(Workload workload, int step) throws Exception {
    Path data = data(workload);
    try (BenchEngine kindling = InProcess.kindling(temp.resolve("spill"))) {
      for (String table : workload.tables()) {
        kindling.register(table, data.resolve(table));
        spark.register(table, data.resolve(table));
      }
      List<String> problems = new ArrayList<>();
      int compared = 0;
      int withRows = 0;
      int number = 0;
      for (Workload.Query query : workload.queries()) {
        QueryResult ours;
        try {
          ours = kindling.run(query.sql());
        } catch (IllegalStateException refused) {
          problems.add(query.name() + ": " + refused.getMessage());
          continue;
        } catch (EngineFailure raised) {
          // Little data may divide by nothing; then Spark has to end with an error as well.
          if (raised.reason() != EngineFailure.Reason.RAISED || !sparkFails(query.sql())) {
            problems.add(query.name() + ": " + raised.getMessage());
          }
          continue;
        }
        if (number++ % step != 0) {
          continue;
        }
        QueryResult theirs = spark.run(query.sql());
        compared++;
        withRows += theirs.rows().rows().isEmpty() ? 0 : 1;
        Comparison.of(
                query,
                theirs.ordering().orElse(Ordering.NONE),
                ours.rows(),
                theirs.rows(),
                sql -> rows(kindling, sql),
                sql -> rows(spark, sql))
            .difference()
            .ifPresent(difference -> problems.add(query.name() + ": " + difference));
      }
      assertThat(problems).isEmpty();
      // What proves nothing shall not pass.
      int queries = workload.queries().size();
      assertThat(number).as("answers, of " + queries).isGreaterThan(queries * 9 / 10);
      assertThat(withRows).as("results with rows, of " + compared).isGreaterThan(compared / 2);
    }
  }

  private static Path data(Workload workload) {
    Path folder = temp.resolve("data").resolve(workload.id() + "-sf" + SCALE);
    return workload.prepare(folder, SCALE, line -> {});
  }

  @Test
  void theTablesOfTpcdsHaveTheRowsAndTypesOfTheSpecification() throws Exception {
    Path data = data(Workload.TPCDS);
    try (BenchEngine kindling = InProcess.kindling(temp.resolve("types"))) {
      for (String table : Workload.TPCDS.tables()) {
        kindling.register(table, data.resolve(table));
      }
      assertThat(Workload.TPCDS.tables()).hasSize(24);
      assertThat(
              kindling
                  .run(
                      "SELECT (SELECT count(*) FROM customer_demographics),"
                          + " (SELECT count(*) FROM date_dim), (SELECT count(*) FROM time_dim),"
                          + " (SELECT count(*) FROM household_demographics)")
                  .rows()
                  .rows())
          .containsExactly(List.of("1920800", "73049", "86400", "7200"));
      QueryResult sales =
          kindling.run(
              "SELECT ss_sold_date_sk, ss_net_profit, d_date, c_last_review_date, i_color"
                  + " FROM store_sales JOIN date_dim ON ss_sold_date_sk = d_date_sk"
                  + " JOIN customer ON ss_customer_sk = c_customer_sk"
                  + " JOIN item ON ss_item_sk = i_item_sk LIMIT 1");
      assertThat(sales.rows().types())
          .containsExactly("int", "decimal(7,2)", "date", "int", "string");
      // Returns are made of sales: every one of them finds its own.
      QueryResult orphans =
          kindling.run(
              "SELECT count(*) FROM store_returns ANTI JOIN store_sales"
                  + " ON sr_ticket_number = ss_ticket_number AND sr_item_sk = ss_item_sk");
      assertThat(orphans.rows().rows()).containsExactly(List.of("0"));
      QueryResult unknown =
          kindling.run(
              "SELECT count(*) > 0, count(*) < (SELECT count(*) FROM store_sales) / 10"
                  + " FROM store_sales WHERE ss_customer_sk IS NULL");
      assertThat(unknown.rows().rows()).containsExactly(List.of("true", "true"));
    }
  }

  private static ResultTable rows(BenchEngine engine, String sql) {
    try {
      return engine.run(sql).rows();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean sparkFails(String sql) {
    try {
      spark.run(sql);
      return false;
    } catch (Exception e) {
      return true;
    }
  }
}
