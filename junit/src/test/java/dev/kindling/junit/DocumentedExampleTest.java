package dev.kindling.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the documentation is a test of this module, which runs. */
class DocumentedExampleTest {
  @Test
  void exampleIsTheTestThatRuns() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/junit.md"));
    String test =
        Files.readString(Path.of("src/test/java/dev/kindling/junit/RevenueTest.java"))
            .replace("package dev.kindling.junit;\n\n", "")
            .replace("import org.junit.jupiter.api.Tag;\n", "")
            .replace("@Tag(\"suite\")\n", "");

    assertThat(page).contains("```java\n" + test + "```\n");
  }
}
