package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the tutorial: saves its files and runs its commands in the order of the text. */
@Tag("suite")
class TutorialTest {
  private static final Pattern STEP =
      Pattern.compile(
          "<!-- (?:file: (?<file>\\S+)|tested: tutorial(?:, exit code (?<code>\\d+))?) -->\\n"
              + "```\\w+\\n(?<text>.*?)```",
          Pattern.DOTALL);

  @TempDir Path clone;

  @Test
  void everyStepWorks() throws IOException {
    DocumentedCommands commands = new DocumentedCommands(clone);
    Matcher step = STEP.matcher(Files.readString(Cli.root().resolve("docs/tutorial.md")));
    int run = 0;
    while (step.find()) {
      String text = step.group("text");
      if (step.group("file") != null) {
        Files.writeString(clone.resolve(step.group("file")), text);
        continue;
      }
      Result result = commands.run(text);
      int expected = step.group("code") == null ? 0 : Integer.parseInt(step.group("code"));
      assertThat(result.exitCode())
          .as("%s%n%s%n%s", text, result.out(), result.err())
          .isEqualTo(expected);
      run++;
    }

    assertThat(run).isGreaterThan(8);
    // What the text says about step 4 and step 7.
    Path out = clone.resolve("shop/out/per_day");
    Result rows =
        Cli.in(clone)
            .run("sql", "--output", "csv", "-e", "SELECT * FROM parquet.`" + out + "` ORDER BY 1");
    assertThat(rows.out()).isEqualTo("day,orders,revenue\n2026-03-02,2,124.13\n");
  }
}
