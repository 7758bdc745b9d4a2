package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {

  @Test
  void followsTheTimeZoneOfTheSession() {
    String sql = "SELECT CAST(TIMESTAMP_SECONDS(0) AS STRING)";

    assertThat(text(Children.fresh(Map.of("spark.sql.session.timeZone", "Asia/Kathmandu")), sql))
        .isEqualTo("[[\"1970-01-01 05:30:00\"]]");
    assertThat(text(Children.fresh(Map.of("spark.sql.session.timeZone", "UTC")), sql))
        .isEqualTo("[[\"1970-01-01 00:00:00\"]]");
  }

  @Test
  void givesNullInsteadOfAnErrorWithoutAnsi() {
    SparkProcess spark = Children.fresh(Map.of("spark.sql.ansi.enabled", "false"));

    assertThat(text(spark, "SELECT 1 / 0, CAST('x' AS INT), 2147483647 + 1"))
        .isEqualTo("[[null,null,\"-2147483648\"]]");
  }

  @Test
  void mindsCaseWhenAsked() {
    Map<String, String> minding = Map.of("spark.sql.caseSensitive", "true");

    assertThat(text(Children.fresh(), "SELECT A FROM VALUES (1) AS t(a)")).isEqualTo("[[\"1\"]]");
    assertThat(Children.fresh(minding).run(new Statement("SELECT A FROM VALUES (1) AS t(a)")))
        .isInstanceOf(Failure.class);
  }

  @Test
  void forgetsEverythingWhenOpenedAgain() {
    SparkProcess spark = Children.fresh(Map.of("spark.sql.ansi.enabled", "false"));
    for (String sql :
        new String[] {
          "CREATE TEMPORARY VIEW v AS SELECT 1",
          "CREATE VIEW persistent AS SELECT 1",
          "CREATE TABLE t AS SELECT 1 AS a",
          "CREATE DATABASE d",
          "USE d",
          "CREATE TABLE t AS SELECT 1 AS a"
        }) {
      spark.run(new Statement(sql)).orThrow();
    }

    spark = Children.fresh();

    assertThat(text(spark, "SHOW TABLES")).isEqualTo("[]");
    assertThat(text(spark, "SHOW DATABASES")).isEqualTo("[[\"default\"]]");
    assertThat(text(spark, "SELECT current_schema()")).isEqualTo("[[\"default\"]]");
    assertThat(text(spark, "SET spark.sql.ansi.enabled")).contains("true");
    // The files of the dropped table are gone too.
    assertThat(spark.run(new Statement("CREATE TABLE t AS SELECT 1 AS a")))
        .isInstanceOf(Result.class);
  }

  @Test
  void refusesToChangeAStaticSetting() {
    SparkProcess spark = Children.fresh();
    Outcome outcome = spark.open(Map.of("spark.sql.warehouse.dir", "/elsewhere"));

    assertThat(outcome).isInstanceOf(Failure.class);
    assertThat(((Failure) outcome).message()).contains("spark.sql.warehouse.dir");
  }

  private static String text(SparkProcess spark, String sql) {
    return Wire.line(spark.run(new Statement(sql)).orThrow().inline());
  }
}
