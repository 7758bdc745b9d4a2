package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {
  @TempDir static Path folder;

  @BeforeAll
  static void data() throws IOException, SQLException {
    Data.parquet(
        folder.resolve("tables/people.parquet"),
        "SELECT * FROM (VALUES (1, 'Ada', 1.50::DECIMAL(5,2)), (2, NULL, 2.25), (3, 'B,o', NULL))"
            + " t(id, name, amount)");
  }

  private static Result sql(String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "sql";
    all[1] = "--tables";
    all[2] = folder.resolve("tables").toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return Cli.launch(all);
  }

  @Test
  void printsRowsAsSparkSqlDoes() {
    Result result = sql("-e", "SELECT id, name, amount FROM people ORDER BY id");

    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output()).isEqualTo("1\tAda\t1.50\n2\tNULL\t2.25\n3\tB,o\tNULL\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void onlySparkReadsWhatIsNotParquet() throws IOException {
    Path csv = Data.text(folder.resolve("a b.csv"), "1,x\n");
    Result result =
        Cli.launch("sql", "--engine", "embedded", "--table", "t=" + csv, "-e", "SELECT * FROM t");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains(
            "SOURCE_NOT_SUPPORTED  t: the embedded engine reads Parquet", "not this csv source");
    Path text = Data.text(folder.resolve("notes.txt"), "a note");
    assertThat(Cli.launch("sql", "--table", "t=" + text, "-e", "SELECT 1").errorOutput())
        .isEqualTo(
            "error: Cannot tell the format of '%s' by its name (accepted: .csv, .json, .jsonl, .ndjson,"
                    .formatted(text)
                + " .orc, .parquet). Other files are read by a view: CREATE TEMPORARY VIEW name USING"
                + " format OPTIONS (path '…')\n");
  }

  @Test
  @Tag("suite")
  void readsCsvJsonAndOrcFilesWithTheDefaultsOfSpark() throws IOException {
    Path orc = folder.resolve("orc files");
    Result written =
        Cli.launch(
            "sql", "-e", "INSERT OVERWRITE DIRECTORY '%s' USING orc SELECT 7 AS id".formatted(orc));
    assertThat(written.exitCode()).as(written.errorOutput()).isZero();
    Path csv = Data.text(folder.resolve("rows.csv"), "id,name\n1,x\n");
    Path json = Data.text(folder.resolve("rows.json"), "{\"id\": 3}\n{\"id\": 4}\n");
    String[] tables = {"--table", "c=" + csv, "--table", "j=" + json, "--table", "o=" + orc};
    String sql =
        "SELECT * FROM c; SELECT sum(id) FROM j; SELECT id FROM o; SELECT count(*) FROM j, o;"
            + "SELECT * FROM csv.`%s`; SELECT sum(id) FROM json.`%s`; SELECT id FROM orc.`%s`"
                .formatted(csv, json, orc);
    List<String> args = new ArrayList<>(List.of("sql"));
    args.addAll(List.of(tables));
    args.addAll(List.of("-e", sql));
    Result result = Cli.launch(args.toArray(String[]::new));

    String direct = "id\tname\n1\tx\n7\n7\n";
    assertThat(result.output()).isEqualTo(direct + "2\n" + direct);
    assertThat(result.errorOutput())
        .contains("Statement 1 runs on Spark: SOURCE_NOT_SUPPORTED  c:");
  }

  @Test
  void keepsNullAndTextApartInCsv() {
    Result result =
        sql("--output", "csv", "-e", "SELECT name, '' AS `empty` FROM people ORDER BY id");

    assertThat(result.output()).isEqualTo("name,empty\nAda,\"\"\n,\"\"\n\"B,o\",\"\"\n");
  }

  @Test
  void writesOneJsonObjectPerStatement() {
    Result result =
        sql(
            "--output",
            "json",
            "-e",
            "SELECT amount, id > 1 AS late, double('NaN') AS n FROM people WHERE id < 3 ORDER BY id;"
                + " SELECT 'a\"b' AS q");

    assertThat(result.output().lines().filter(line -> line.startsWith("{"))).hasSize(2);
    assertThat(result.output())
        .startsWith("{\"version\":1,\"statement\":1,\"engine\":\"embedded\"")
        .contains("{\"name\":\"amount\",\"type\":\"DECIMAL(5,2)\"}")
        .contains("[1.50,false,\"NaN\"]", "[2.25,true,\"NaN\"]", "[\"a\\\"b\"]");
  }

  @Test
  void alignsTables() {
    Result result =
        sql("--output", "table", "-e", "SELECT id, name FROM people WHERE id = 1 ORDER BY id");

    assertThat(result.output()).isEqualTo("id  name\n──  ────\n 1  Ada\n(1 row)\n\n");
  }

  @Test
  void cutsLongResultsAndSaysSo() {
    Result result = sql("--max-rows", "1", "-e", "SELECT id FROM people ORDER BY id");

    assertThat(result.output()).isEqualTo("1\n");
    assertThat(result.errorOutput()).contains("more rows");
  }

  @Test
  void settingsAndViewsHoldForLaterStatements() throws IOException {
    Path script =
        Data.text(
            folder.resolve("script.sql"),
            """
            -- a script
            SET spark.sql.session.timeZone=America/Los_Angeles;
            CREATE TEMPORARY VIEW late AS SELECT * FROM people WHERE id > 1;
            SELECT count(*) FROM late;
            SELECT current_timezone();
            """);
    Result result = sql("-f", script.toString());

    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output())
        .isEqualTo("spark.sql.session.timeZone\tAmerica/Los_Angeles\n2\nAmerica/Los_Angeles\n");
  }

  @Test
  void putsParametersIn() {
    Result result =
        sql(
            "--param",
            "least=2",
            "--param",
            "who=Ada",
            "-e",
            "SELECT id FROM people WHERE id >= :least OR name = :who ORDER BY id");

    assertThat(result.output()).isEqualTo("1\n2\n3\n");
  }

  @Test
  void showsSparksSyntaxErrorAtItsPlaceInTheScript() throws IOException {
    Path script = Data.text(folder.resolve("wrong.sql"), "SELECT 1;\n\nSELECT id\nFRM people;\n");
    Result result = sql("-f", script.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEqualTo("1\n");
    assertThat(result.errorOutput()).contains(script + ":4:5: [PARSE_SYNTAX_ERROR]");
  }

  @Test
  void showsSparksErrorForAnUnknownColumnWithItsPlace() {
    Result result = sql("-e", "SELECT id,\n  nme FROM people");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("-e:2:3: [UNRESOLVED_COLUMN.WITH_SUGGESTION]")
        .contains("`name`");
  }

  @Test
  void refusalIsAnErrorWhereOnlyTheEmbeddedEngineMayRun() {
    Result result = sql("--engine", "embedded", "-e", "SELECT rand(1) FROM people");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput())
        .contains("cannot run on the embedded engine exactly as on Spark")
        .contains("NOT_DETERMINISTIC")
        .contains("--engine auto");
  }

  @Test
  @Tag("slow")
  void runsWhatCrashedOnSparkAndPrintsNothingTwice() throws IOException {
    Path marker = Data.text(folder.resolve("running"), "statement 3");
    Result result =
        Cli.launch(
            Map.of("KINDLING_MARKER", marker.toString(), "KINDLING_CRASHED", "1"),
            "sql",
            "--tables",
            folder.resolve("tables").toString(),
            "-e",
            "CREATE TEMP VIEW late AS SELECT * FROM people WHERE id > 1; SELECT 'printed before';"
                + " SELECT count(*) FROM late; SELECT max(id) FROM late");

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).isEqualTo("2\n3\n");
    assertThat(result.errorOutput())
        .contains("The native engine crashed in statement 3; Spark runs this statement instead.")
        .contains("Statement 3 runs on Spark: the native engine crashed in it")
        .doesNotContain("Statement 4");
    assertThat(marker).doesNotExist();
  }

  @Test
  @Timeout(60)
  void keepsStatementsOfAStreamForTheRunAfterACrash() throws IOException, InterruptedException {
    Path marker = folder.resolve("running");
    Map<String, String> first = Map.of("KINDLING_MARKER", marker.toString());
    Map<String, String> second =
        Map.of("KINDLING_MARKER", marker.toString(), "KINDLING_CRASHED", "1");
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer = new ProcessBuilder("sh", "-c", "echo 'SELECT 7' > '" + pipe + "'").start();

    Result once = Cli.launch(first, "sql", "-f", pipe.toString());
    assertThat(writer.waitFor()).isZero();
    // Nobody writes into the pipe any more: to open it again would wait for ever.
    Result again = Cli.launch(second, "sql", "-f", pipe.toString());

    assertThat(once).isEqualTo(new Result(0, "7\n", ""));
    assertThat(again).isEqualTo(once);
    Files.delete(folder.resolve("running.input"));
    Result lost = Cli.launch(second, "sql", "-f", pipe.toString());
    assertThat(lost.exitCode()).isEqualTo(5);
    assertThat(lost.errorOutput()).contains("no copy could be kept", "-f FILE");
  }

  @Test
  @Tag("slow")
  void sharesSettingsViewsAndTablesWithSpark() {
    Result result =
        sql(
            "-e",
            "SET spark.sql.session.timeZone=Asia/Tokyo;"
                + " CREATE TEMP VIEW late AS SELECT * FROM people WHERE id > 1;"
                + " SHOW TABLES;"
                + " SELECT current_timezone(), count(r) FROM (SELECT rand(1) AS r FROM late);"
                + " CREATE TABLE kept AS SELECT * FROM late WHERE name IS NOT NULL;"
                + " SELECT name FROM kept;"
                + " SELECT 1/0 AS x FROM late");

    assertThat(result.output())
        .isEqualTo("spark.sql.session.timeZone\tAsia/Tokyo\nlate\npeople\nAsia/Tokyo\t2\nB,o\n");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.errorOutput())
        .contains("Statement 4 runs on Spark: NOT_DETERMINISTIC")
        .contains("Statement 5 runs on Spark:", "is a command")
        .contains("Statement 6 runs on Spark: it reads what a command on Spark may have made")
        .contains("[DIVIDE_BY_ZERO]");
  }

  @Test
  void spillsToDiskWithinItsBudgetAndLeavesNothingThere() throws IOException {
    Result result =
        sql(
            "--memory",
            "64m",
            "--threads",
            "1",
            "-e",
            "SELECT count(*) FROM (SELECT DISTINCT repeat(cast(id AS STRING), 20) FROM range(400000))");

    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.output()).isEqualTo("400000\n");
    nothingIsLeft();
  }

  @Test
  void aSessionThatCannotBeOpenedLeavesNothing() throws IOException {
    Result result = Cli.launch("sql", "--conf", "spark.sql.ansi.enabled=perhaps", "-e", "SELECT 1");

    assertThat(result.exitCode()).isEqualTo(2);
    nothingIsLeft();
  }

  private static void nothingIsLeft() throws IOException {
    String mine = "kindling-" + ProcessHandle.current().pid() + "-";
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(mine));
    }
  }

  @Test
  void namesAMissingTableFile() {
    Result result = Cli.launch("sql", "--table", "t=no/such/file.parquet", "-e", "SELECT 1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("The table 't' reads 'no/such/file.parquet', which does not exist.");
  }

  @Test
  void namesAMissingScript() {
    Result result = Cli.launch("sql", "-f", "no-such.sql");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errorOutput())
        .contains("Cannot read the script file: no-such.sql: it does not exist. Check the path.");
  }

  @Test
  void saysWhichFilesBecomeNoTable() throws IOException {
    Path mixed = folder.resolve("mixed");
    Data.text(mixed.resolve("notes.txt"), "hello");
    Files.createDirectories(mixed);
    Result result = Cli.launch("sql", "--tables", mixed.toString(), "-e", "SELECT 1");

    assertThat(result.exitCode()).isZero();
    assertThat(result.errorOutput()).contains("notes.txt' is no Parquet file");
  }
}
