package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
  @TempDir Path folder;
  private SparkProcess spark;

  @BeforeEach
  void open() {
    spark = Children.fresh();
  }

  @Test
  void givesSparksClassAndPositionForDivisionByZero() {
    Failure failure = failure("SELECT id,\n  1 / (id - 1) FROM range(3)");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.EXECUTION);
    assertThat(failure.errorClass()).hasValue("DIVIDE_BY_ZERO");
    assertThat(failure.sqlState()).hasValue("22012");
    assertThat(failure.message()).startsWith("[DIVIDE_BY_ZERO] Division by zero.");
    assertThat(failure.position()).hasValue(new Position(2, 3, "1 / (id - 1)"));
    assertThat(failure.isUserError()).isTrue();
    assertThat(failure.toException().code()).isEqualTo(ErrorCode.SPARK_ERROR);
  }

  @Test
  void givesTheSameErrorWhenTheQueryIsStagedAndWritesNoMore() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome =
        spark.run(
            new Query(
                "SELECT 1 / (id - 1) AS x FROM range(0, 1000, 1, 8)", Output.Staged.parquet(out)));

    assertThat(((Failure) outcome).errorClass()).hasValue("DIVIDE_BY_ZERO");
    // Tasks that were running when the job failed are over too: later work finds what is there now.
    List<Path> left = everythingIn(out);
    spark
        .run(new Query("SELECT sum(id) FROM range(0, 1000000, 1, 8)", new Output.Inline(1)))
        .orThrow();
    assertThat(everythingIn(out)).isEqualTo(left);
  }

  @Test
  void saysWhoHasTheClassesOfAStoreThatThisSparkDoesNotKnow() {
    assertThat(failure("SELECT * FROM parquet.`s3a://bucket/orders`").message())
        .isEqualTo(
            "The classes that read such a path are not part of this Spark:"
                + " org.apache.hadoop.fs.s3a.S3AFileSystem is missing. Name a Spark that has them as"
                + " the 'spark_home' of a target.");
  }

  @Test
  void givesThePositionOfAnUnknownColumn() {
    Failure failure = failure("SELECT id,\n       idd FROM range(3)");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.ANALYSIS);
    assertThat(failure.errorClass()).hasValue("UNRESOLVED_COLUMN.WITH_SUGGESTION");
    assertThat(failure.message()).contains("Did you mean").doesNotContain("Project");
    assertThat(failure.position()).hasValue(new Position(2, 8, "idd"));
    assertThatThrownBy(failure::orThrow)
        .isInstanceOfSatisfying(
            KindlingException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.SQL_INVALID))
        .hasMessageStartingWith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]");
  }

  @Test
  void givesThePositionOfASyntaxError() {
    Failure failure = failure("SELECT 1\nFORM range(3)");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.SYNTAX);
    assertThat(failure.errorClass()).hasValue("PARSE_SYNTAX_ERROR");
    assertThat(failure.position()).map(Position::line).hasValue(2);
    assertThat(failure.position()).map(Position::column).hasValue(6);
  }

  @Test
  void pointsAtTheUseOfTheViewForAnErrorInsideIt() {
    spark
        .run(new Statement("CREATE TEMPORARY VIEW v AS SELECT 1 / (id - 1) AS x FROM range(3)"))
        .orThrow();
    Failure failure = failure("SELECT x FROM v");

    assertThat(failure.errorClass()).hasValue("DIVIDE_BY_ZERO");
    assertThat(failure.position()).hasValue(new Position(1, 15, "v"));
  }

  @Test
  void namesTheCauseBehindAFileThatCannotBeRead() throws IOException {
    Path csv = Files.writeString(folder.resolve("bad.csv"), "1\nx\n");
    spark
        .run(
            new View(
                "bad",
                new SourceSpec(
                    "csv",
                    List.of(csv.toString()),
                    Optional.of("id INT"),
                    Map.of("mode", "FAILFAST"))))
        .orThrow();
    Failure failure = failure("SELECT * FROM bad");

    assertThat(failure.errorClass()).hasValueSatisfying(c -> assertThat(c).contains("FILE"));
    assertThat(failure.message()).contains("bad.csv");
    assertThat(failure.causes()).anyMatch(cause -> cause.contains("MALFORMED_RECORD_IN_PARSING"));
  }

  @Test
  void keepsTheSessionAfterAFailure() {
    spark.run(new Statement("CREATE TEMPORARY VIEW kept AS SELECT 7 AS n")).orThrow();
    failure("SELECT 1 / 0");

    assertThat(Wire.line(spark.run(new Statement("SELECT n FROM kept")).orThrow().inline()))
        .isEqualTo("[[\"7\"]]");
  }

  private static List<Path> everythingIn(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.sorted().toList();
    }
  }

  private Failure failure(String sql) {
    Outcome outcome = spark.run(new Query(sql, new Output.Inline(10)));
    assertThat(outcome).isInstanceOf(Failure.class);
    return (Failure) outcome;
  }
}
