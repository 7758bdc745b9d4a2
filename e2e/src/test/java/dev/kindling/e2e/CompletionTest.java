package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Types what docs/reference/completion.md says into each shell, and then the Tab key. */
@Tag("suite")
class CompletionTest {
  /** The shells, with what their users have set up already. */
  private enum Shell {
    BASH("bash --norc -i", "", ". ~/.local/share/bash-completion/completions/kindling"),
    ZSH(
        "zsh -f -i",
        "autoload -Uz compinit && compinit -u",
        "fpath=(~/.zfunc $fpath); autoload -Uz compinit && compinit -u"),
    FISH("fish -i", "", "");

    private final String command;
    private final String before;
    private final String next;

    /**
     * @param before what its user's own file does before the first documented line
     * @param next what finds the documented file in a shell that starts later
     */
    Shell(String command, String before, String next) {
      this.command = command;
      this.before = before;
      this.next = next;
    }

    String program() {
      return command.substring(0, command.indexOf(' '));
    }

    List<String> documentedLines() throws IOException {
      return DocumentedCommands.marked("<!-- tested: " + program() + " -->").stream()
          .map(DocumentedCommands.Command::line)
          .toList();
    }
  }

  @TempDir Path scratch;

  private Tmux open(Shell shell) throws IOException {
    boolean there = Tmux.there() && Files.isExecutable(Path.of("/usr/bin", shell.program()));
    // Where nothing may be left out, a missing program is an error.
    assertThat(there || !"true".equals(System.getenv("CI"))).as("it is there").isTrue();
    assumeTrue(there, "needs tmux and " + shell.program());
    Path home = Files.createDirectories(scratch.resolve("home"));
    return Tmux.open(
        scratch,
        home,
        "env HOME='%s' XDG_CONFIG_HOME= XDG_DATA_HOME= ZDOTDIR= KINDLING_ARCHIVES=use PATH='%s':\"$PATH\" %s"
            .formatted(home, Cli.dist().resolve("bin"), shell.command));
  }

  private static void enter(Tmux terminal, String line, int number) {
    terminal.type(line);
    terminal.press("Enter");
    terminal.type("echo after " + number);
    terminal.press("Enter");
    terminal.await("\nafter " + number);
  }

  private static void completes(Tmux terminal) {
    terminal.type("kindling pl");
    terminal.press("Tab");
    terminal.await("kindling plan");
    terminal.press("C-u");
    terminal.type("kindling cluster up --wo");
    terminal.press("Tab");
    terminal.await("kindling cluster up --workers");
  }

  @ParameterizedTest
  @EnumSource
  void theShellAtHandCompletes(Shell shell) throws IOException {
    try (Tmux terminal = open(shell)) {
      enter(terminal, shell.before, 1);
      enter(terminal, shell.documentedLines().get(0), 2);
      completes(terminal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLaterShellCompletes(Shell shell) throws IOException {
    List<String> lines = shell.documentedLines();
    assertThat(lines).hasSize(3);
    try (Tmux terminal = open(shell)) {
      enter(terminal, lines.get(1), 1);
      enter(terminal, lines.get(2), 2);
      enter(terminal, shell.command, 3);
      enter(terminal, shell.next, 4);
      completes(terminal);
    }
  }
}
