package dev.kindling.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The arrows between modules, and what each may know of the engines. Every rule has a fixture
 * class, compiled with these tests, that breaks it: a rule that its fixture does not break checks
 * nothing.
 */
class ArchitectureTest {
  private static final String SPARK = "org.apache.spark..";
  private static final String DUCKDB = "org.duckdb..";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.kindling");

  /** A rule, and the class that breaks it. */
  record Arrow(String name, ArchRule rule, Class<?> breaker) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Arrow> ARROWS =
      List.of(
          new Arrow(
              "model knows no engine and no other module",
              none(
                      "model",
                      "storage",
                      "cluster",
                      "embedded",
                      "spark",
                      "runtime",
                      "cli",
                      "testkit",
                      "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, DUCKDB, "java.sql.."),
              dev.kindling.model.fixture.KnowsDuckDb.class),
          new Arrow(
              "storage knows model only",
              none("storage", "cluster", "embedded", "spark", "runtime", "cli", "testkit", "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, DUCKDB, "java.sql.."),
              dev.kindling.storage.fixture.KnowsEmbedded.class),
          new Arrow(
              "cluster knows model only",
              none("cluster", "storage", "embedded", "spark", "runtime", "cli", "testkit", "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, DUCKDB, "java.sql.."),
              dev.kindling.cluster.fixture.KnowsSpark.class),
          new Arrow(
              "doctor knows model only",
              none(
                      "doctor",
                      "storage",
                      "cluster",
                      "embedded",
                      "spark",
                      "runtime",
                      "cli",
                      "testkit",
                      "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, DUCKDB, "java.sql.."),
              dev.kindling.doctor.fixture.KnowsSpark.class),
          new Arrow(
              "embedded knows model only",
              none("embedded", "storage", "cluster", "spark", "runtime", "cli", "testkit", "bench"),
              dev.kindling.embedded.fixture.KnowsStorage.class),
          new Arrow(
              "embedded never starts Spark",
              noClasses()
                  .that()
                  .resideInAPackage("dev.kindling.embedded..")
                  .should()
                  .dependOnClassesThat()
                  .haveNameMatching(
                      "org\\.apache\\.spark\\.(SparkContext|SparkEnv|api\\.java\\.JavaSparkContext"
                          + "|sql\\.SparkSession|sql\\.classic\\..*|sql\\.SQLContext)(\\$.*)?"),
              dev.kindling.embedded.fixture.StartsSpark.class),
          new Arrow(
              "translation does not touch the database",
              noClasses()
                  .that()
                  .resideInAPackage("dev.kindling.embedded.translate..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(DUCKDB, "java.sql.."),
              dev.kindling.embedded.translate.fixture.UsesJdbc.class),
          new Arrow(
              "spark knows model and storage only",
              noClasses()
                  .that()
                  .resideInAPackage("dev.kindling.spark..")
                  .and()
                  .resideOutsideOfPackage("dev.kindling.spark.extension..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      DUCKDB,
                      "dev.kindling.spark.extension..",
                      "dev.kindling.embedded..",
                      "dev.kindling.runtime..",
                      "dev.kindling.cli..",
                      "dev.kindling.testkit..",
                      "dev.kindling.bench.."),
              dev.kindling.spark.fixture.KnowsDuckDb.class),
          new Arrow(
              "the session extension knows embedded only",
              noClasses()
                  .that()
                  .resideInAPackage("dev.kindling.spark.extension..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      DUCKDB,
                      "java.sql..",
                      "dev.kindling.storage..",
                      "dev.kindling.spark.protocol..",
                      "dev.kindling.spark.runner..",
                      "dev.kindling.runtime..",
                      "dev.kindling.cli.."),
              dev.kindling.spark.extension.fixture.KnowsTheRunner.class),
          new Arrow(
              "what tests of Spark programs use knows model and the session extension only",
              none("junit", "storage", "cluster", "embedded", "runtime", "cli", "testkit", "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      DUCKDB, "dev.kindling.spark.protocol..", "dev.kindling.spark.runner.."),
              dev.kindling.junit.fixture.KnowsTheRuntime.class),
          new Arrow(
              "the Spark protocol needs no Spark",
              noClasses()
                  .that()
                  .resideInAPackage("dev.kindling.spark.protocol..")
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, "scala..", "dev.kindling.spark.runner.."),
              dev.kindling.spark.protocol.fixture.UsesSpark.class),
          new Arrow(
              "runtime talks to Spark through the protocol only",
              none("runtime", "cli", "testkit", "bench")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(
                      DUCKDB, "org.apache.spark.sql.catalyst..", "dev.kindling.spark.runner.."),
              dev.kindling.runtime.fixture.RunsSpark.class),
          new Arrow(
              "the command line knows no engine",
              none("cli", "testkit")
                  .orShould()
                  .dependOnClassesThat()
                  .resideInAnyPackage(SPARK, DUCKDB, "java.sql..", "dev.kindling.spark.."),
              dev.kindling.cli.fixture.KnowsCatalyst.class));

  private static com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction none(
      String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("dev.kindling." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(others).map(other -> "dev.kindling." + other + "..").toArray(String[]::new));
  }

  @ParameterizedTest
  @FieldSource("ARROWS")
  void productKeepsTheRule(Arrow arrow) {
    arrow.rule().check(PRODUCT);
  }

  @ParameterizedTest
  @FieldSource("ARROWS")
  void fixtureBreaksTheRule(Arrow arrow) {
    JavaClasses breaker = new ClassFileImporter().importClasses(arrow.breaker());
    assertThatThrownBy(() -> arrow.rule().check(breaker))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(arrow.breaker().getSimpleName());
  }

  @Test
  void fixturesAreNotPartOfTheProduct() {
    assertThat(PRODUCT.stream().map(c -> c.getPackageName()))
        .noneMatch(p -> p.endsWith(".fixture"));
  }
}
