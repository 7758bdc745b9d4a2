package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void showsVersions() {
    Result result = Cli.launch("--version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).startsWith("kindling 0.").contains("Spark SQL 4.0.1", "DuckDB");
    assertThat(result.errorOutput()).isEmpty();
  }

  @Test
  void withoutCommandShowsUsageOnStandardError() {
    Result result = Cli.launch();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains("Usage: kindling COMMAND", "compare");
  }

  @Test
  void helpListsEveryCommandAndEveryCommandHasHelp() {
    Result all = Cli.launch("help");

    assertThat(all.exitCode()).isZero();
    for (String name : Commands.names()) {
      assertThat(all.output()).contains("  " + name);
      if (Commands.find(name).isPresent()) {
        Result help = Cli.launch("help", name);
        assertThat(help.output()).startsWith("NAME\n    kindling " + name + " - ");
        assertThat(Cli.launch(name, "--help")).isEqualTo(help);
      }
    }
  }

  @Test
  void suggestsTheCommandThatWasMeant() {
    Result result = Cli.launch("chekc");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput()).startsWith("Unknown command 'chekc'. Did you mean 'check'?");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    Result result = Cli.launch("sql", "--tabels", "x", "-e", "SELECT 1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .startsWith("Unknown option '--tabels'. Did you mean '--tables'?")
        .contains("kindling help sql");
  }

  @Test
  void namesTheAcceptedValuesOfAnOption() {
    Result result = Cli.launch("sql", "--engine", "embeded", "-e", "SELECT 1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("Unknown value 'embeded' of --engine (accepted: auto, embedded, spark)")
        .contains("Did you mean 'embedded'?");
  }

  @Test
  void refusesSizesAndNumbersItCannotRead() {
    assertThat(Cli.launch("sql", "--memory", "lots", "-e", "SELECT 1").errorOutput())
        .contains("Cannot read --memory 'lots': expected a number with a unit, such as 512m");
    assertThat(Cli.launch("sql", "--threads", "0", "-e", "SELECT 1").errorOutput())
        .contains("Cannot read --threads '0': expected a whole number from 1 to 1024.");
    assertThat(Cli.launch("sql", "--table", "x", "-e", "SELECT 1").errorOutput())
        .contains("Cannot read --table 'x': expected name=value.");
  }

  @Test
  void wantsStatementsFromExactlyOnePlace() {
    assertThat(Cli.launch("sql").errorOutput()).contains("No statements given.");
    assertThat(Cli.launch("sql", "-e", "SELECT 1", "-f", "x.sql").errorOutput())
        .contains("Statements given more than once.");
    assertThat(Cli.launch("sql", "etl.sql").errorOutput())
        .contains("A script file is given with -f, statements with -e.");
  }
}
