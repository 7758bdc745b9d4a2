package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference page says what the reader does: its examples are read, its messages are real. */
class PipelineFilePageTest {
  private static final Path PAGE = Path.of("../docs/reference/pipeline-file.md");
  private static final Path CASES = Path.of("src/test/resources/pipeline/bad-pipelines.txt");

  @TempDir Path project;

  @Test
  void itsExamplesHaveNoProblems() throws IOException {
    Matcher blocks = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGE));
    int examples = 0;
    while (blocks.find()) {
      Path file = Files.writeString(project.resolve("kindling.yaml"), blocks.group(1));
      Checked checked = PipelineReader.read(file, Map.of(), name -> Optional.of("value"));
      assertThat(checked.problems()).isEmpty();
      examples++;
    }
    assertThat(examples).isGreaterThanOrEqualTo(3);
  }

  @Test
  void itsMessagesAreThoseOfTheReader() throws IOException {
    String cases = Files.readString(CASES);
    String otherTests =
        Files.readString(
                Path.of("src/test/java/dev/kindling/model/pipeline/PipelineReaderTest.java"))
            .replaceAll("\"\\s*\\+\\s*\"", "");
    Matcher rows =
        Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| [^|]+ \\| `(.*)` \\|$")
            .matcher(Files.readString(PAGE));
    List<String> codes = new ArrayList<>();
    while (rows.find()) {
      String code = ErrorCode.valueOf(rows.group(1)).name();
      String message = rows.group(2).replace("\\|", "|");
      codes.add(code);
      if (!code.equals("PIPELINE_CYCLE")) {
        assertThat(cases + otherTests).contains(message);
      }
    }
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().startsWith("PIPELINE_")) {
        assertThat(codes).contains(code.name());
      }
    }
  }

  @Test
  void itNamesEveryFormat() throws IOException {
    String page = Files.readString(PAGE);
    for (String format : KnownFormats.FORMATS) {
      assertThat(page).contains("`" + format + "`");
    }
  }
}
