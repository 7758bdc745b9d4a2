package dev.kindling.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptSplitterTest {
  private static List<String> texts(String script) {
    return ScriptSplitter.split(script).stream().map(ScriptStatement::text).toList();
  }

  @Test
  void cutsAtSemicolons() {
    assertThat(texts("SELECT 1; SELECT 2 ;\n\nSELECT 3"))
        .containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
  }

  @Test
  void keepsSemicolonsInQuotes() {
    assertThat(texts("SELECT ';', \";\", `;`; SELECT 'it\\';s'"))
        .containsExactly("SELECT ';', \";\", `;`", "SELECT 'it\\';s'");
  }

  @Test
  void keepsSemicolonsInComments() {
    assertThat(texts("SELECT 1 -- a; b\n + 2; /* c; /* d; */ e; */ SELECT 3"))
        .containsExactly("SELECT 1 -- a; b\n + 2", "SELECT 3");
  }

  @Test
  void leavesOutWhatIsOnlyComments() {
    assertThat(texts("-- nothing\n;;\n/* here */ ; ")).isEmpty();
  }

  @Test
  void keepsHints() {
    assertThat(texts("SELECT /*+ BROADCAST(t) */ * FROM t"))
        .containsExactly("SELECT /*+ BROADCAST(t) */ * FROM t");
  }

  @Test
  void tellsWhereAStatementBegins() {
    assertThat(ScriptSplitter.split("SELECT 1;\n\n  -- next\n  SELECT 2"))
        .extracting(ScriptStatement::line, ScriptStatement::column)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(4, 3));
  }

  @Test
  void survivesWhatIsNeverClosed() {
    assertThat(texts("SELECT 'open; /* x")).containsExactly("SELECT 'open; /* x");
    assertThat(texts("SELECT 1 /* open ; ")).containsExactly("SELECT 1");
  }

  @Test
  void knowsWhetherAScriptEndsWithAWholeStatement() {
    assertThat(ScriptSplitter.isComplete("SELECT 1;")).isTrue();
    assertThat(ScriptSplitter.isComplete("SELECT 1; -- done\n/* really */ \n")).isTrue();
    assertThat(ScriptSplitter.isComplete("SELECT 1")).isFalse();
    assertThat(ScriptSplitter.isComplete("SELECT 1; SELECT")).isFalse();
    assertThat(ScriptSplitter.isComplete("SELECT 'a;")).isFalse();
    assertThat(ScriptSplitter.isComplete("SELECT 1 -- ;")).isFalse();
    assertThat(ScriptSplitter.isComplete("SELECT 1; /* open")).isFalse();
    assertThat(ScriptSplitter.isComplete(" -- nothing\n")).isFalse();
  }
}
