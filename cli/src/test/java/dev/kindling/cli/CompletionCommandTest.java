package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
  @TempDir static Path folder;

  /** What bash offers for the last of these words. */
  private static String completed(String words) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("kindling.bash"), script("bash"));
    Files.writeString(folder.resolve("a file.yaml"), "");
    String program =
        ". '"
            + script
            + "'; COMP_WORDS=("
            + words
            + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _kindling; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process process =
        new ProcessBuilder("bash", "-u", "-c", program)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.strip().replace("\n", " ");
  }

  private static String script(String shell) {
    Result result = Cli.launch("completion", shell);
    assertThat(result.exitCode()).as(result.errorOutput()).isZero();
    return result.output();
  }

  private static List<CommandPage> pages() {
    return CommandPage.all().stream().flatMap(CommandPage::withParts).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kindling pl | plan",
        "kindling help comp | compare completion",
        "kindling cluster w | worker",
        "kindling cluster up --wo | --workers",
        "kindling run --engine spark --sel | --select",
        "kindling run 'a f' | a file.yaml",
        "kindling --v | --version",
      })
  void bashCompletes(String words, String expected) throws IOException, InterruptedException {
    assertThat(completed(words)).isEqualTo(expected);
  }

  @Test
  void everyCommandAndOptionIsInEveryScript() {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      String script = script(shell);
      for (CommandPage page : pages()) {
        assertThat(script).as(shell).contains(page.name());
        for (String name : page.optionNames()) {
          assertThat(script)
              .as(shell)
              .contains(
                  shell.equals("fish")
                      ? (name.startsWith("--") ? " -l " : " -s ") + name.replaceFirst("^--?", "")
                      : name);
        }
      }
    }
    assertThat(script("zsh")).startsWith("#compdef kindling\n").contains("bashcompinit");
    assertThat(script("fish"))
        .contains("complete -c kindling -n '__fish_use_subcommand' -f -a run -d 'Run a pipeline")
        .contains("complete -c kindling -n '__fish_seen_subcommand_from run' -l engine -r -d ");
  }

  @Test
  void namesTheShellsThatItKnows() {
    Result result = Cli.launch("completion", "zhs");

    assertThat(result.errorOutput()).contains("'zhs'", "accepted: bash, zsh, fish");
    assertThat(result.exitCode()).isEqualTo(2);
  }
}
