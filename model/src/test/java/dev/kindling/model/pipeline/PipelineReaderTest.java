package dev.kindling.model.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.Redaction;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineReaderTest {
  private static final String REVENUE =
      """
      pipeline: customer-revenue
      params: { since: DATE'2026-01-01', region: EU }
      conf:
        spark.sql.session.timeZone: UTC
        spark.sql.ansi.enabled: true
      engine: embedded
      memory: 2G
      tables:
        orders:
          read: { format: CSV, path: "data/${region}/orders", header: true, sep: ";",
                  on_bad_record: quarantine, schema: "order_id BIGINT, amount DECIMAL(12,2)" }
        customers:
          read: { format: parquet, path: /lake/customers }
        clean:
          sql: SELECT * FROM orders WHERE amount > 0 AND day >= :since
          expect:
            - not_null: [order_id, customer_id]
            - unique: order_id
              on_violation: warn
            - check: amount < 1000000
              on_violation: quarantine
        revenue:
          sql: |
            SELECT c.country, sum(o.amount) AS revenue
            FROM clean o JOIN customers c USING (customer_id) GROUP BY ALL
          write: { format: parquet, path: out/revenue, mode: overwrite, partition_by: [country],
                   compression: zstd }
      """;

  @TempDir Path project;

  @Test
  void readsTheFoldersOfATarget() throws IOException {
    Path file =
        Files.writeString(
            project.resolve("kindling.yaml"),
            """
            pipeline: p
            tables: { a: { sql: SELECT 1 } }
            targets:
              here: { master: "local[2]", conf: { spark.speculation: true } }
              hadoop: { master: yarn, spark_home: /opt/spark, hadoop_conf: "${env:CONF}/hadoop" }
            """);
    Map<String, Target> targets =
        PipelineReader.read(file, Map.of(), name -> Optional.of("etc"))
            .pipeline()
            .orElseThrow()
            .targets();

    assertThat(targets.get("here"))
        .isEqualTo(new Target("here", "local[2]", Map.of("spark.speculation", "true")));
    assertThat(targets.get("hadoop").sparkHome()).contains(Path.of("/opt/spark"));
    assertThat(targets.get("hadoop").hadoopConf())
        .contains(project.toAbsolutePath().resolve("etc/hadoop"));
  }

  @Test
  void readsEveryPart() throws IOException {
    Path file = write(REVENUE);

    Pipeline pipeline = read(file).orThrow();

    assertThat(pipeline.name()).isEqualTo("customer-revenue");
    assertThat(pipeline.file()).isEqualTo(file);
    assertThat(pipeline.directory()).isEqualTo(project);
    assertThat(pipeline.params().get("since").sqlLiteral()).isEqualTo("DATE'2026-01-01'");
    assertThat(pipeline.params().get("region").sqlLiteral()).isEqualTo("'EU'");
    assertThat(pipeline.conf())
        .containsExactly(
            Map.entry("spark.sql.session.timeZone", "UTC"),
            Map.entry("spark.sql.ansi.enabled", "true"));
    assertThat(pipeline.engine()).contains(Engine.EMBEDDED);
    assertThat(pipeline.memory()).contains("2g");
    assertThat(pipeline.tables())
        .extracting(Table::name)
        .containsExactly("orders", "customers", "clean", "revenue");

    assertThat(pipeline.tables().get(0).definition())
        .isEqualTo(
            new Read(
                "csv",
                "data/EU/orders",
                Optional.of("order_id BIGINT, amount DECIMAL(12,2)"),
                OnBadRecord.QUARANTINE,
                Map.of("header", "true", "sep", ";"),
                new Position(file, 10, 5)));
    assertThat(pipeline.tables().get(1).definition())
        .isEqualTo(
            new Read(
                "parquet",
                "/lake/customers",
                Optional.empty(),
                OnBadRecord.FAIL,
                Map.of(),
                new Position(file, 13, 5)));
    assertThat(pipeline.tables().get(2).expectations())
        .containsExactly(
            new Expectation.NotNull(
                List.of("order_id", "customer_id"), OnViolation.FAIL, new Position(file, 17, 9)),
            new Expectation.Unique(
                List.of("order_id"), OnViolation.WARN, new Position(file, 18, 9)),
            new Expectation.Check(
                "check: amount < 1000000",
                "amount < 1000000",
                OnViolation.QUARANTINE,
                new Position(file, 20, 16)));
    assertThat(pipeline.tables().get(2).expectations())
        .extracting(Expectation::describe)
        .containsExactly(
            "not_null: order_id, customer_id", "unique: order_id", "check: amount < 1000000");
    assertThat(pipeline.tables().get(3).write())
        .contains(
            new Write(
                "parquet",
                "out/revenue",
                WriteMode.OVERWRITE,
                List.of("country"),
                Map.of("compression", "zstd"),
                new Position(file, 26, 5)));
    assertThat(((Query) pipeline.tables().get(3).definition()).sql())
        .isEqualTo(
            "SELECT c.country, sum(o.amount) AS revenue\n"
                + "FROM clean o JOIN customers c USING (customer_id) GROUP BY ALL\n");
  }

  @Test
  void theExampleHasNoProblems() {
    Checked example = read(Path.of("../examples/revenue"));
    assertThat(example.problems()).isEmpty();
    assertThat(example.orThrow().tables()).hasSizeGreaterThan(5);
  }

  @Test
  void aFolderStandsForItsPipelineFile() throws IOException {
    Path file = write(REVENUE);
    Checked checked = PipelineReader.read(project, Map.of());
    assertThat(checked.orThrow().file()).isEqualTo(file);
    assertThat(checked.problems()).isEmpty();
  }

  @Test
  void pathsAreRelativeToTheFileAndUrisAreNot() throws IOException {
    Pipeline pipeline = read(write(REVENUE)).orThrow();
    assertThat(pipeline.resolve("out/x")).isEqualTo(project.resolve("out/x").toString());
    assertThat(pipeline.resolve("../x")).isEqualTo(project.resolveSibling("x").toString());
    assertThat(pipeline.resolve("/lake/x")).isEqualTo("/lake/x");
    assertThat(pipeline.resolve("file:/lake/x")).isEqualTo("/lake/x");
    assertThat(pipeline.resolve("file:///lake/x")).isEqualTo("/lake/x");
    assertThat(pipeline.resolve("s3a://bucket/../x")).isEqualTo("s3a://bucket/../x");
    assertThat(pipeline.resolve("a:b")).isEqualTo(project.resolve("a:b").toString());
  }

  @Test
  void tablesAreFoundWhateverTheirCase() throws IOException {
    Pipeline pipeline = read(write(REVENUE)).orThrow();
    assertThat(pipeline.table("ORDERS")).map(Table::name).contains("orders");
    assertThat(pipeline.table("nothing")).isEmpty();
  }

  @Test
  void anSqlFileIsReadFromBesideThePipeline() throws IOException {
    Files.createDirectories(project.resolve("sql"));
    Files.writeString(project.resolve("sql/a.sql"), "SELECT 1\nFROM b");
    Path file =
        write(
            """
            pipeline: x
            params: { name: a }
            tables:
              a: { sql_file: "sql/${name}.sql" }
            """);
    Query query = (Query) read(file).orThrow().tables().get(0).definition();
    assertThat(query.sql()).isEqualTo("SELECT 1\nFROM b");
    assertThat(query.source().at(2, 6).toString()).isEqualTo(project.resolve("sql/a.sql") + ":2:6");
  }

  @Test
  void environmentVariablesGoIntoSettingsOnly() throws IOException {
    Path file =
        write(
            """
            pipeline: x
            conf: { spark.hadoop.fs.s3a.secret.key: "${env:KEY}" }
            tables:
              a: { read: { format: csv, path: a, comment: "<${env:MARK}>", nullValue: "${other}" } }
            """);
    Pipeline pipeline =
        PipelineReader.read(
                file,
                Map.of(),
                name -> Optional.ofNullable(Map.of("KEY", "hunter2", "MARK", "#").get(name)))
            .orThrow();
    assertThat(pipeline.conf()).containsEntry("spark.hadoop.fs.s3a.secret.key", "hunter2");
    assertThat(((Read) pipeline.tables().get(0).definition()).options())
        .containsExactly(Map.entry("comment", "<#>"), Map.entry("nullValue", "${other}"));
    assertThat(pipeline.toString()).doesNotContain("hunter2").contains(Redaction.REDACTED);
  }

  @Test
  void secretsAreInNoText() throws IOException {
    Path file =
        write(
            """
            pipeline: x
            params: { api_token: hunter2 }
            conf: { spark.x.password: hunter2 }
            tables:
              a:
                read: { format: csv, path: a, my.secret: hunter2 }
                write: { format: csv, path: out, encryption.key: hunter2-longer }
            """);
    Pipeline pipeline = read(file).orThrow();
    assertThat(pipeline.toString()).doesNotContain("hunter2");
    assertThat(pipeline.secrets()).containsExactly("hunter2-longer", "hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5 | 5",
        "-1.5e3 | -1.5e3",
        "5L | 5L",
        "12.5BD | 12.5BD",
        "true | true",
        "NULL | NULL",
        "yes | 'yes'",
        "EU | 'EU'",
        "two words | 'two words'",
        "it's | 'it\\'s'",
        "\"5\" | '5'",
        "'EU' | 'EU'",
        "\"'EU'\" | 'EU'",
        "C:\\x | 'C:\\\\x'",
        "2026-01-31 | DATE'2026-01-31'",
        "2026-01-31 10:00:00 | TIMESTAMP'2026-01-31 10:00:00'",
        "DATE'2026-01-31' | DATE'2026-01-31'",
        "\"DATE'2026-01-31'\" | DATE'2026-01-31'",
        "date '2026-01-31' | date '2026-01-31'",
        "INTERVAL '1' DAY | INTERVAL '1' DAY",
        "INTERVAL 3 DAYS | INTERVAL 3 DAYS",
        "X'1F' | X'1F'"
      })
  void parametersAreLiteralsOfSparkSql(String yaml, String literal) throws IOException {
    assertThat(param(yaml, Map.of()).sqlLiteral()).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DATE'2026-01-01' | 2026-02-03 | DATE'2026-02-03'",
        "DATE'2026-01-01' | '2026-02-03' | DATE'2026-02-03'",
        "DATE'2026-01-01' | DATE'2026-02-03' | DATE'2026-02-03'",
        "DATE'2026-01-01' | NULL | NULL",
        "TIMESTAMP'2026-01-01 00:00:00' | 2026-02-03 | TIMESTAMP'2026-02-03'",
        "EU | US | 'US'",
        "EU | 5 | '5'",
        "EU | O'Neill | 'O\\'Neill'",
        "EU | 'US' | 'US'",
        "5 | 7 | 7",
        "5 | NULL | NULL",
        "true | false | false"
      })
  void valuesOfTheCommandLineTakeTheTypeOfTheDefault(String yaml, String given, String literal)
      throws IOException {
    assertThat(param(yaml, Map.of("p", given)).sqlLiteral()).isEqualTo(literal);
  }

  @Test
  void valuesOfTheCommandLineAreChecked() throws IOException {
    Path file =
        write(
            "pipeline: x\nparams: { day: DATE'2026-01-01', limit: 5 }\ntables: { a: { sql: SELECT 1 } }\n");
    Checked checked =
        PipelineReader.read(file, Map.of("dya", "2026-01-01", "day", "soon", "limit", "many"));
    assertThat(checked.problems())
        .extracting(Problem::toString)
        .containsExactly(
            file
                + ":1:1: error: --set names the unknown parameter 'dya' (accepted: day, limit). Did"
                + " you mean 'day'?",
            file
                + ":2:16: error: --set day does not fit the default DATE'2026-01-01', found 'soon'"
                + " (accepted: a date, such as 2026-01-31)",
            file
                + ":2:41: error: --set limit does not fit the default 5, found 'many' (accepted: a"
                + " number, such as 5)");
    assertThat(checked.problems()).extracting(Problem::code).containsOnly(ErrorCode.USAGE);
  }

  @Test
  void parametersAreTextInPaths() throws IOException {
    assertThat(new Param("p", "'it\\'s \\\\ \"x\"'", Position.startOf(project)).text())
        .isEqualTo("it's \\ \"x\"");
    assertThat(new Param("p", "DATE'2026-01-31'", Position.startOf(project)).text())
        .isEqualTo("2026-01-31");
    assertThat(new Param("p", "5", Position.startOf(project)).text()).isEqualTo("5");
    assertThat(new Param("p", "'it''s'", Position.startOf(project)).text()).isEqualTo("it's");
  }

  @Test
  void warningsDoNotKeepAPipelineFromRunning() throws IOException {
    Path file =
        write("pipeline: x\ntables:\n  a: { read: { format: csv, path: a, haeder: true } }\n");
    Checked checked = read(file);
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            file
                + ":3:38: warning: Option 'haeder' in 'read' of table 'a' is not one that Spark"
                + " knows for csv, and Spark passes over it. Did you mean 'header'?");
    Read read = (Read) checked.orThrow().tables().get(0).definition();
    assertThat(read.options()).containsEntry("haeder", "true");
  }

  @Test
  void allErrorsAreInTheException() throws IOException {
    Path file = write("pipelin: x\ntables: []\n");
    assertThatThrownBy(() -> read(file).orThrow())
        .isInstanceOfSatisfying(
            KindlingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_UNKNOWN_KEY);
              assertThat(e.kind()).isEqualTo(ErrorKind.USER);
              assertThat(e.getMessage().lines()).hasSize(2);
            });
  }

  @Test
  void aFileThatIsMissingIsAnErrorWithWhatIsThere() throws IOException {
    assertThat(onlyProblem(project))
        .isEqualTo(
            "FILE_NOT_FOUND: Pipeline file 'PROJECT/kindling.yaml' does not exist, and its folder"
                + " has no other .yaml file");
    Files.writeString(project.resolve("kindling.yml"), REVENUE);
    Files.writeString(project.resolve("other.yaml"), REVENUE);
    assertThat(onlyProblem(project))
        .isEqualTo(
            "FILE_NOT_FOUND: Pipeline file 'PROJECT/kindling.yaml' does not exist (found:"
                + " kindling.yml, other.yaml). Did you mean 'kindling.yml'?");
    assertThat(onlyProblem(project.resolve("nowhere/kindling.yaml")))
        .isEqualTo(
            "FILE_NOT_FOUND: Pipeline file 'PROJECT/nowhere/kindling.yaml' does not exist. Its"
                + " folder does not exist either, or cannot be read.");
  }

  @Test
  void emptyFilesAreErrors() throws IOException {
    String empty =
        "PIPELINE_SYNTAX: The pipeline file is empty (needed: at least 'pipeline' and 'tables')";
    assertThat(onlyProblem(write(""))).isEqualTo(empty);
    assertThat(onlyProblem(write("# nothing but a comment\n\n"))).isEqualTo(empty);
  }

  @Test
  void filesInOtherEncodingsAreNamedWithThePlace() throws IOException {
    assertThat(onlyProblem(write("pipeline: x\n# größe\n", ISO_8859_1)))
        .isEqualTo("PIPELINE_SYNTAX: The file is not in UTF-8: found byte 0xF6. Save it as UTF-8.");
    assertThat(read(project).problems().get(0).position().toString())
        .isEqualTo(project.resolve("kindling.yaml") + ":2:5");
    assertThat(onlyProblem(write("pipeline: x\n", UTF_16)))
        .isEqualTo("PIPELINE_SYNTAX: The file is in UTF-16 (accepted: UTF-8). Save it as UTF-8.");
    // A character that the end of the file cuts.
    Path file = project.resolve("kindling.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xC3});
    assertThat(onlyProblem(file))
        .isEqualTo("PIPELINE_SYNTAX: The file is not in UTF-8: found byte 0xC3. Save it as UTF-8.");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreAccepted() throws IOException {
    Path file = write("\uFEFF" + REVENUE.replace("\n", "\r\n"));
    Pipeline pipeline = read(file).orThrow();
    assertThat(pipeline.tables().get(3).position().toString()).isEqualTo(file + ":22:3");
    Query revenue = (Query) pipeline.tables().get(3).definition();
    assertThat(revenue.source().at(2, 1).toString()).isEqualTo(file + ":25:7");
  }

  @Test
  void tabsAndControlCharactersAreNamedWithThePlace() throws IOException {
    assertThat(onlyProblem(write("pipeline: x\ntables:\n\ta: { sql: SELECT 1 }\n")))
        .isEqualTo(
            "PIPELINE_SYNTAX: Invalid YAML: found a tab (accepted: spaces). Indent with spaces.");
    assertThat(read(project).problems().get(0).position().line()).isEqualTo(3);
    assertThat(onlyProblem(write("pipeline: x\ntables: \u0007\n")))
        .isEqualTo(
            "PIPELINE_SYNTAX: The file holds the control character U+0007, which YAML does not"
                + " accept. Delete it, or write it as an escape in double quotes.");
    assertThat(read(project).problems().get(0).position().toString()).endsWith(":2:9");
    assertThat(
            onlyProblem(
                write("pipeline: x\ntables: { a: { read: { format: csv, path: \"a\\0b\" } } }\n")))
        .isEqualTo("PIPELINE_VALUE: 'path' in 'read' of table 'a' holds the character U+0000");
  }

  @Test
  void hugeFilesAreNotRead() throws IOException {
    assertThat(onlyProblem(write("# ".repeat(2 * 1024 * 1024))))
        .isEqualTo(
            "PIPELINE_SYNTAX: The pipeline file is too large: found 4194304 bytes (accepted: up to"
                + " 3145728)");
  }

  @Test
  void deepNestingAndManyAliasesAreErrorsOfTheFile() throws IOException {
    assertThat(onlyProblem(write("pipeline: " + "[".repeat(5000) + "]".repeat(5000))))
        .startsWith("PIPELINE_SYNTAX: The file is not valid YAML: Nesting Depth exceeded max 50");
    StringBuilder bomb = new StringBuilder("a: &a [x]\n");
    for (char c = 'b'; c <= 'j'; c++) {
      char before = (char) (c - 1);
      bomb.append(c).append(": &").append(c).append(" [");
      bomb.append(("*" + before + ", ").repeat(9)).append("x]\n");
    }
    assertThat(onlyProblem(write(bomb.toString())))
        .startsWith("PIPELINE_SYNTAX: The file is not valid YAML: Number of aliases");
  }

  @Test
  void aliasesAreFollowedAndCyclesOfThemDoNoHarm() throws IOException {
    Path file =
        write(
            """
            pipeline: x
            tables:
              a: { read: { format: csv, path: a, schema: &s id BIGINT } }
              b: { read: { format: csv, path: b, schema: *s } }
            """);
    assertThat(((Read) read(file).orThrow().tables().get(1).definition()).schema())
        .contains("id BIGINT");
    assertThat(read(write("pipeline: x\ntables: &t { a: *t }\n")).errors()).isNotEmpty();
  }

  @Test
  void aFileThatMayNotBeReadIsAnError() throws IOException {
    Path folder = Files.createDirectories(project.resolve("sub/kindling.yaml"));
    assertThat(onlyProblem(folder.getParent()))
        .isEqualTo(
            "FILE_ACCESS: Pipeline file 'PROJECT/sub/kindling.yaml' is a folder (accepted: a file)."
                + " Move it away, or name another file.");
  }

  @Test
  void outputsInPatternsOfInputsAreFound() throws IOException {
    Path file =
        write(
            """
            pipeline: x
            tables:
              a: { read: { format: csv, path: "data/*/orders" } }
              b: { sql: SELECT 1, write: { format: csv, path: data/eu/orders/out } }
              c: { sql: SELECT 1, write: { format: csv, path: data/eu/customers } }
            """);
    assertThat(read(file).problems())
        .extracting(p -> p.position().line() + " " + p.message())
        .containsExactly(
            "4 The output 'data/eu/orders/out' of table 'b' is inside of the input of table 'a',"
                + " 'data/*/orders'. Write to a folder of its own.");
  }

  private Param param(String yaml, Map<String, String> sets) throws IOException {
    Path file =
        write("pipeline: x\nparams:\n  p: " + yaml + "\ntables: { a: { sql: SELECT 1 } }\n");
    return PipelineReader.read(file, sets).orThrow().params().get("p");
  }

  private String onlyProblem(Path fileOrFolder) {
    List<Problem> problems = read(fileOrFolder).problems();
    assertThat(problems).hasSize(1);
    Problem problem = problems.get(0);
    return problem.code() + ": " + problem.message().replace(project.toString(), "PROJECT");
  }

  private static Checked read(Path fileOrFolder) {
    return PipelineReader.read(fileOrFolder, Map.of());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(project.resolve("kindling.yaml"), yaml);
  }

  private Path write(String yaml, Charset charset) throws IOException {
    return Files.writeString(project.resolve("kindling.yaml"), yaml, charset);
  }
}
