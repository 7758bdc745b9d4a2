package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, with a person at a terminal. */
@Tag("suite")
class ShellTest {
  // It would take hours.
  private static final String LONG =
      "SELECT sum((a.id * b.id) % 7) FROM range(10000000) a CROSS JOIN range(10000000) b;";

  @TempDir Path scratch;
  private Path project;

  @BeforeEach
  void project() throws IOException {
    boolean there = Tmux.there();
    // Where nothing may be left out, a missing program is an error.
    assertThat(there || !"true".equals(System.getenv("CI"))).as("tmux is there").isTrue();
    assumeTrue(there, "needs tmux: apt-get install tmux");
    project = scratch.resolve("a project");
    Folders.copy(Cli.root().resolve("examples/revenue"), project);
  }

  private Tmux shell(String arguments) {
    return Tmux.open(
        scratch,
        project,
        "env HOME='%s' XDG_STATE_HOME= PAGER= KINDLING_ARCHIVES=use '%s' shell %s; echo \"ended with $?\""
            .formatted(scratch.resolve("home"), Cli.dist().resolve("bin/kindling"), arguments));
  }

  @Test
  void completesCancelsPlansTellsErrorsAndEnds() throws IOException {
    try (Tmux terminal = shell("-p .")) {
      terminal.awaitLine("kindling>");
      // The engine comes up behind the prompt; a statement waits for it.
      terminal.type("SELECT 40 + 2 AS answer;");
      terminal.press("Enter");
      terminal.await("    42\n(1 row)");
      terminal.awaitLine("kindling>");

      terminal.type("SELECT count(*) AS n FROM custo");
      terminal.press("Tab");
      terminal.await("FROM customers");
      terminal.press("Enter");
      terminal.await("      ...");
      terminal.type("WHERE count");
      terminal.press("Tab");
      terminal.press("C-u");
      terminal.type("WHERE country = 'FR';");
      terminal.press("Enter");
      terminal.await("───\n916\n(1 row)");
      terminal.awaitLine("kindling>");
      terminal.type(".plan");
      terminal.press("Enter");
      terminal.await("engine: embedded");
      terminal.awaitLine("kindling>");

      terminal.type(".mode json");
      terminal.press("Enter");
      terminal.awaitLine("kindling>");
      terminal.type("SELECT nope FROM customers;");
      terminal.press("Enter");
      terminal.await("error: statement:1:8: [UNRESOLVED_COLUMN.WITH_SUGGESTION]");
      terminal.awaitLine("kindling>");

      terminal.type("SELECT 'begun");
      terminal.press("C-c");
      terminal.awaitLine("kindling>");
      terminal.type(LONG);
      terminal.press("Enter");
      terminal.awaitLineStart();
      terminal.press("C-c");
      terminal.await("Stopped.");
      terminal.awaitLine("kindling>");
      terminal.type("SELECT 'still ' || 'here' AS told;");
      terminal.press("Enter");
      terminal.await("[[\"still here\"]]");
      terminal.awaitLine("kindling>");

      terminal.press("C-d");
      terminal.await("ended with 0");
    }
    assertThat(Files.readString(scratch.resolve("home/.local/state/kindling/shell-history")))
        .contains("40 + 2", ".mode json")
        .doesNotContain("begun");

    try (Tmux terminal = shell("")) {
      terminal.awaitLine("kindling>");
      terminal.press("Up", "Up");
      terminal.await("kindling> " + LONG.substring(0, 60));
      terminal.press("C-c");
      terminal.awaitLine("kindling>");
      terminal.type(".quit");
      terminal.press("Enter");
      terminal.await("ended with 0");
    }
  }

  @Test
  void cancelsOnSparkAndGoesOn() {
    try (Tmux terminal = shell("--engine spark")) {
      terminal.awaitLine("kindling>");
      terminal.type("SELECT 'spark' || ' is up' AS told;");
      terminal.press("Enter");
      terminal.await("spark is up");
      terminal.awaitLine("kindling>");
      terminal.type(LONG);
      terminal.press("Enter");
      terminal.awaitLineStart();
      terminal.press("C-c");
      terminal.await("Stopped.");
      terminal.awaitLine("kindling>");
      terminal.type("SELECT 'spark ' || 'goes on' AS told;");
      terminal.press("Enter");
      terminal.await("spark goes on");
      terminal.awaitLine("kindling>");
      terminal.press("C-d");
      terminal.await("ended with 0");
    }
    assertThat(Processes.naming(project)).isEmpty();
  }

  @Test
  void endsWhenItsTerminalGoes() {
    Tmux terminal = shell("-p .");
    terminal.awaitLine("kindling>");
    terminal.close();

    Until.holds(() -> Processes.naming(scratch).isEmpty(), "all processes end");
  }

  @Test
  void takesStatementsFromAPipe() {
    Result result =
        Cli.in(project)
            .runWithInput(
                ".engine embedded\nSELECT count(*) FROM rates;\nSELECT nope;", "shell", "-p", ".");

    assertThat(result.out()).matches("\\d+\n");
    assertThat(result.err()).startsWith("error: <stdin>:3:8: [UNRESOLVED_COLUMN");
    assertThat(result.exitCode()).isEqualTo(2);
  }
}
