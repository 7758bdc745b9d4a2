package dev.kindling.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuiteFileTest {
  private static SuiteFile parse(String name, String text) {
    return SuiteFile.parse(name, text, imported -> "SELECT '" + imported + "';\n");
  }

  @Test
  void cutsStatementsAtSemicolonsThatNoBackslashProtects() {
    SuiteFile file =
        parse("a.sql", "-- a comment; with a semicolon\nSELECT 1;\nSELECT '\\;',\n  2;\n\n");

    assertThat(file.statements()).containsExactly("SELECT 1", "SELECT '\\;',\n  2");
  }

  @Test
  void putsImportedStatementsFirst() {
    assertThat(parse("a.sql", "SELECT 1;\n--IMPORT b.sql\n").statements())
        .containsExactly("SELECT 'b.sql'", "SELECT 1");
  }

  @Test
  void takesTheFirstCombinationOfEachDimension() {
    SuiteFile file =
        parse(
            "nonansi/a.sql",
            "--SET a = 1, b= 2\n--CONFIG_DIM1 c=3,d=4\n--CONFIG_DIM1 c=5\n--CONFIG_DIM2 e=6\n");

    assertThat(file.settings())
        .containsEntry("a", "1")
        .containsEntry("b", "2")
        .containsEntry("c", "3")
        .containsEntry("d", "4")
        .containsEntry("e", "6")
        .containsEntry("spark.sql.ansi.enabled", "false");
  }

  @Test
  void keepsWhatIsBetweenDelimitersWhole() {
    String text =
        "SELECT 1;\n--QUERY-DELIMITER-START\nSELECT /* ; */ 2;\n--QUERY-DELIMITER-END\nSELECT 3;\n";

    assertThat(parse("a.sql", text).statements())
        .containsExactly("SELECT 1", "SELECT /* ; */ 2", "SELECT 3");
  }

  @Test
  void findsSparksFiles() {
    List<SuiteFile> all = SuiteFiles.all();

    assertThat(all).hasSizeGreaterThan(300);
    assertThat(all.stream().mapToInt(file -> file.statements().size()).sum()).isGreaterThan(10_000);
  }
}
