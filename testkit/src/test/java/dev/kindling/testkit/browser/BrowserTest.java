package dev.kindling.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BrowserTest {
  @TempDir Path folder;

  @Test
  void showsWhatScriptsMakeOfAPage() throws IOException {
    Optional<Path> program = Browser.find(System.getenv());
    assumeTrue(program.isPresent(), Browser.MISSING);
    Path page =
        Files.writeString(
            folder.resolve("page.html"),
            """
            <!DOCTYPE html><title>Page</title><p>Before</p><a href="other.html"> Other </a>
            <script>
              setTimeout(() => { document.body.append('It is %s'.replace('%s', 'later')); }, 100);
              setTimeout(() => { throw new Error('broken script'); }, 0);
            </script>
            """);
    try (Browser browser = Browser.start(program.get())) {
      browser.open(page.toUri().toString());
      browser.awaitText("It is later");

      assertThat(browser.text()).contains("Before", "Other").doesNotContain("setTimeout");
      assertThat(browser.link("Other").orElseThrow()).endsWith("/other.html");
      assertThat(browser.link("Absent")).isEmpty();
      assertThat(browser.errors()).singleElement().asString().contains("broken script");
      Path image = folder.resolve("made/page.png");
      browser.screenshot(image);
      assertThat(image).isNotEmptyFile();

      assertThatThrownBy(() -> browser.open("http://127.0.0.1:1/")).hasMessageContaining("ERR_");
    }
  }

  @Test
  void aMissingBrowserIsAnErrorWhereNothingMayBeLeftOut() {
    Map<String, String> bare = Map.of("PATH", folder.toString());

    assertThat(Browser.find(bare)).isEmpty();
    assertThatThrownBy(() -> Browser.find(Map.of("PATH", folder.toString(), "CI", "true")))
        .hasMessage(
            "This test needs Chromium: apt-get install chromium, or its path in KINDLING_CHROMIUM.");
  }
}
