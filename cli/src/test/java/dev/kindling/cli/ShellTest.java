package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.PipelineReader;
import dev.kindling.runtime.NativeMarker;
import dev.kindling.runtime.script.ScriptOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell where nobody types; {@code e2e} has the one with a terminal. */
class ShellTest {
  @TempDir static Path folder;

  record Said(int exitCode, String out, String err) {}

  @BeforeAll
  static void data() throws IOException, SQLException {
    Data.parquet(
        folder.resolve("people.parquet"),
        "SELECT * FROM (VALUES (1, 'Ada'), (2, '日本'), (3, NULL)) t(id, name)");
    Data.text(folder.resolve("script.sql"), "SELECT 'from a file' AS told;");
    Data.text(folder.resolve("visits.csv"), "1,2026-01-01\nx,y\n2,2026-01-02\n");
    Data.text(
        folder.resolve("kindling.yaml"),
        """
        pipeline: people
        tables:
          people:
            read: { format: parquet, path: people.parquet }
          visits:
            read: { format: csv, path: visits.csv, schema: "person INT, day DATE", on_bad_record: drop }
          visited:
            sql: SELECT name, day FROM visits JOIN people ON person = id
          broken:
            sql: SELECT nope FROM people
        """);
  }

  private static ScriptOptions options() {
    return new ScriptOptions(
        Engine.EMBEDDED,
        Map.of(),
        Map.of(),
        Map.of(),
        OptionalLong.empty(),
        OptionalInt.of(1),
        OptionalLong.empty(),
        NativeMarker.from(Map.of()));
  }

  private static Said say(String... lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Map.of());
    BufferedReader in = new BufferedReader(new StringReader(String.join("\n", lines)));
    Shell shell = new Shell(ResultForm.TSV, console, new ShellInput.Lines(in));
    int code;
    try (ShellSession session =
        new ShellSession(options(), PipelineReader.read(folder, Map.of()).pipeline(), shell)) {
      code = shell.run(session);
    }
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void runsStatementsAndCommandsOneAfterTheOther() throws IOException {
    Said said =
        say(
            ".tables",
            ".schema visited",
            "SELECT name, -- a comment; with a semicolon",
            "  day FROM visited ORDER BY day; CREATE TEMP VIEW one AS SELECT 'a;b' AS text;",
            ".mode table",
            "SELECT * FROM people WHERE id = 2;",
            ".mode",
            ".plan",
            ".read " + folder.resolve("script.sql"),
            "SELECT text FROM one");

    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .startsWith(
            """
            broken
            people
            visited
            visits
            name  STRING
            day   DATE
            Ada\t2026-01-01
            日本\t2026-01-02
            id  name
            ──  ────
             2  日本
            (1 row)

            table
            engine: embedded
            """)
        .contains("Read Parquet", "from a file")
        .endsWith("text\n────\na;b\n(1 row)\n\n");
    assertThat(said.exitCode()).isZero();
  }

  @Test
  void endsAtAnErrorAndNamesItsPlaceInTheInput() throws IOException {
    Said said =
        say("SELECT 1;", ".timing off", "SELECT id", "FROM people WHERE nope;", "SELECT 2;");

    assertThat(said.out()).isEqualTo("1\n");
    assertThat(said.err()).startsWith("error: <stdin>:4:19: [UNRESOLVED_COLUMN");
    assertThat(said.exitCode()).isEqualTo(2);
  }

  @Test
  @Tag("suite")
  void tellsWhatIsWrongWithATableWhenItIsRead() throws IOException {
    Said said = say("SELECT count(*) FROM people;", "SELECT * FROM broken;");

    assertThat(said.out()).isEqualTo("3\n");
    assertThat(said.err()).startsWith("error: Table 'broken': [UNRESOLVED_COLUMN");
    assertThat(said.exitCode()).isEqualTo(2);
  }

  @Test
  @Tag("suite")
  void suggestsCommands() throws IOException {
    Said said = say(".tabels");

    assertThat(said.err())
        .isEqualTo(
            "error: Unknown command '.tabels'. Did you mean '.tables'? '.help' shows the"
                + " commands.\n");
    assertThat(said.exitCode()).isEqualTo(2);
  }

  @Test
  @Tag("suite")
  void completesWordsTablesColumnsAndPaths() throws IOException {
    Shell listener =
        new Shell(
            ResultForm.TSV,
            new Console(System.out, System.err, false, Map.of()),
            new ShellInput.Lines(new BufferedReader(new StringReader(""))));
    try (ShellSession session =
        new ShellSession(options(), PipelineReader.read(folder, Map.of()).pipeline(), listener)) {
      session.get();
      ShellCompleter completer = new ShellCompleter(session::ifOpen);

      assertThat(candidates(completer, "SEL|")).containsExactly("SELECT");
      assertThat(candidates(completer, "sel|")).containsExactly("select");
      assertThat(candidates(completer, "SELECT i|")).doesNotContain("id");
      assertThat(candidates(completer, "SELECT max(i| FROM people")).contains("max(id");
      assertThat(candidates(completer, "SELECT * FROM vis|")).containsExactly("visited", "visits");
      assertThat(candidates(completer, "SELECT regexp_rep|")).containsExactly("regexp_replace");
      assertThat(candidates(completer, "SELECT * FROM parquet.`" + folder + "/p|"))
          .contains("parquet.`" + folder + "/people.parquet");
      assertThat(candidates(completer, ".sch|")).contains(".schema");
    }
  }

  private static List<String> candidates(ShellCompleter completer, String line) {
    int cursor = line.indexOf('|');
    return completer.candidates(line.replace("|", ""), cursor);
  }

  @Test
  void offersNoNamesWhileTheEngineComesUp() {
    assertThat(candidates(new ShellCompleter(Optional::empty), "SEL|")).isEmpty();
  }
}
