package dev.kindling.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.bench.data.TpchData;
import dev.kindling.bench.engine.EngineKind;
import dev.kindling.bench.engine.EngineProcess;
import dev.kindling.bench.engine.EngineProcess.EngineFailure;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CSV files with a declared schema to Parquet. Three forms of the same rows: regular files, which
 * need no CSV parser, files with quoted text, and files with empty lines, which need Spark's own.
 * Kindling is measured twice: as the user meets it, a whole process from launcher to exit, and warm
 * like Spark and DuckDB, where its embedded engine takes the files itself.
 */
final class CsvBench {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String LAUNCHER = "kindling run";

  /** One form of the input files. */
  private record Form(String name, Path folder) {}

  private record Run(String engine, String form, int round, double millis) {}

  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  CsvBench(BenchOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  int run() {
    Path launcher = options.requireKindling("csv");
    Machine machine = Machine.describe();
    TpchData data = TpchData.prepare(options.data(), options.scale(), err::println);
    List<Form> forms =
        List.of(
            new Form("regular", data.regularCsv(err::println)),
            new Form("quoted", data.quotedCsv(err::println)),
            new Form("empty lines", data.csvWithEmptyLines(err::println)));
    List<EngineKind> kinds = options.engines();
    if (options.minRatio().isPresent() && kinds.stream().noneMatch(EngineKind::isSpark)) {
      throw new KindlingException(
          ErrorCode.USAGE, "Option --min compares with Spark: name spark-tuned in --engines");
    }
    try (Scratch scratch = Scratch.create("csv");
        Closing<EngineProcess> engines = new Closing<>()) {
      for (EngineKind kind : kinds) {
        engines.add(
            EngineProcess.start(
                kind, options.threads(), options.memoryBytes(), scratch.folder(), PATIENCE));
      }
      Map<String, String> expected = fingerprint(data.folder().resolve("lineitem"));
      for (int round = 0; round <= options.rounds(); round++) {
        err.println(round == 0 ? "Warm-up, rows compared" : "Round " + round);
        for (Form form : forms) {
          Path output = scratch.folder().resolve("out-" + form.name().replace(' ', '-'));
          runKindling(launcher, scratch.folder(), form, round, output);
          check(LAUNCHER, form, round, output, expected);
          for (EngineProcess engine : engines.all()) {
            Path target = scratch.folder().resolve("out-" + engine.kind().id());
            if (convert(engine, form, round, target)) {
              check(engine.kind().label(), form, round, target, expected);
            }
          }
        }
      }
    }
    return report(machine, kinds, forms);
  }

  /** False when the engine does not take these files: then it is left out of the report. */
  private boolean convert(EngineProcess engine, Form form, int round, Path target) {
    String label = engine.kind().label();
    if (round > 0 && !ran(label, form.name())) {
      return false;
    }
    try {
      double millis =
          Medians.millis(
              engine.convertCsv(form.folder(), TpchData.lineitemSchema(), target).execution());
      runs.add(new Run(label, form.name(), round, millis));
      return true;
    } catch (EngineFailure e) {
      // What the embedded engine leaves to another one is measured through the launcher.
      if (round > 0 || engine.kind() != EngineKind.KINDLING) {
        throw new KindlingException(ErrorCode.INTERNAL, e.getMessage(), e);
      }
      notes.add(
          "%s does not read the %s files itself: %s".formatted(label, form.name(), e.getMessage()));
      Scratch.delete(target);
      return false;
    }
  }

  private boolean ran(String engine, String form) {
    return runs.stream().anyMatch(run -> run.engine().equals(engine) && run.form().equals(form));
  }

  private void runKindling(Path launcher, Path scratch, Form form, int round, Path output) {
    Path project = scratch.resolve("project-" + form.name().replace(' ', '-'));
    try {
      Files.createDirectories(project);
      Files.writeString(
          project.resolve("kindling.yaml"),
          """
          pipeline: csv
          tables:
            lineitem:
              read:
                format: csv
                path: "%s"
                sep: "|"
                schema: "%s"
              write: { format: parquet, path: "%s", mode: overwrite }
          """
              .formatted(form.folder(), TpchData.lineitemSchema(), output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessRun run =
        ProcessRun.of(
            List.of(
                launcher.toString(),
                "run",
                project.toString(),
                "--memory",
                (options.memoryBytes() >> 20) + "m"),
            scratch,
            scratch.resolve("kindling.log"));
    runs.add(new Run(LAUNCHER, form.name(), round, run.wallMillis()));
  }

  /** Compares the rows once per engine and form, in the warm-up; then makes room for the next. */
  private void check(
      String engine, Form form, int round, Path output, Map<String, String> expected) {
    if (round == 0) {
      Map<String, String> found = fingerprint(output);
      expected.forEach(
          (what, value) -> {
            if (!value.equals(found.get(what))) {
              problems.add(
                  "%s, %s files: %s is %s, expected %s"
                      .formatted(engine, form.name(), what, found.get(what), value));
            }
          });
    }
    Scratch.delete(output);
  }

  /** Types, number and a checksum of the rows, in which their order does not count. */
  private static Map<String, String> fingerprint(Path folder) {
    String scan = EngineKind.DUCKDB.scan(folder);
    Map<String, String> fingerprint = new LinkedHashMap<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      for (Map.Entry<String, String> figure :
          Map.of(
                  "column types",
                  "SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE FROM "
                      + scan
                      + ")",
                  "number of rows and their checksum",
                  "SELECT count(*) || ' ' || sum(hash(t)::HUGEINT) FROM " + scan + " t")
              .entrySet()) {
        try (ResultSet row = statement.executeQuery(figure.getValue())) {
          row.next();
          fingerprint.put(figure.getKey(), row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new KindlingException(
          ErrorCode.INTERNAL, "Cannot read " + folder + ": " + e.getMessage(), e);
    }
    return fingerprint;
  }

  private int report(Machine machine, List<EngineKind> others, List<Form> forms) {
    List<String> names = new ArrayList<>(List.of(LAUNCHER));
    others.forEach(kind -> names.add(kind.label()));
    TextTable table = new TextTable();
    table.line(List.of("engine", "files", "ms", "first run ms", "÷ Kindling"));
    ObjectNode json = Output.JSON.createObjectNode();
    json.put("version", 1).put("benchmark", "csv");
    json.put("scale", options.scale()).put("rounds", options.rounds());
    json.set("machine", machine.json(Output.JSON));
    ArrayNode results = json.putArray("results");
    for (Form form : forms) {
      double subject = median(subject(form.name()), form.name());
      for (String name : names) {
        if (!ran(name, form.name())) {
          continue;
        }
        double millis = median(name, form.name());
        double first =
            runs.stream()
                .filter(run -> run.round() == 0)
                .filter(run -> run.engine().equals(name) && run.form().equals(form.name()))
                .findFirst()
                .orElseThrow()
                .millis();
        table.line(
            List.of(
                name,
                form.name(),
                format("%.0f", millis),
                format("%.0f", first),
                format("%.2f", millis / subject)));
        results
            .addObject()
            .put("engine", name)
            .put("files", form.name())
            .put("medianMillis", millis)
            .put("firstMillis", first)
            .put("ratio", millis / subject);
      }
    }
    options
        .minRatio()
        .ifPresent(
            min -> {
              EngineKind spark =
                  others.contains(EngineKind.SPARK_TUNED)
                      ? EngineKind.SPARK_TUNED
                      : EngineKind.SPARK;
              String regular = forms.get(0).name();
              double ratio = median(spark.label(), regular) / median(subject(regular), regular);
              if (ratio < min) {
                problems.add(
                    format("the ratio %.2f for regular files is below --min %s", ratio, min));
              }
            });
    problems.forEach(json.putArray("problems")::add);
    StringBuilder csv = new StringBuilder("engine,files,round,ms\n");
    runs.forEach(
        run ->
            csv.append(
                format("%s,%s,%d,%.1f%n", run.engine(), run.form(), run.round(), run.millis())));
    StringBuilder text =
        new StringBuilder(
            format(
                "CSV to Parquet, lineitem at scale %s, median of %d rounds after one warm-up%n",
                WorkloadReport.number(options.scale()), options.rounds()));
    text.append(LAUNCHER + ": a whole process with its start; the others: warm, without it\n");
    text.append("Machine: ").append(machine.line()).append("\n\n").append(table);
    notes.forEach(note -> text.append('\n').append(note));
    problems.forEach(problem -> text.append("\nFAILED  ").append(problem));
    Output.saveTimings(options, "csv", json, csv.toString(), err);
    Output.print(options, json, text.toString().stripTrailing(), out);
    return problems.isEmpty() ? 0 : 1;
  }

  /** Against which time the others are held: warm against warm, where there is such a time. */
  private String subject(String form) {
    return ran(EngineKind.KINDLING.label(), form) ? EngineKind.KINDLING.label() : LAUNCHER;
  }

  private double median(String engine, String form) {
    return Medians.of(
        runs.stream()
            .filter(run -> run.round() > 0)
            .filter(run -> run.engine().equals(engine) && run.form().equals(form))
            .map(Run::millis)
            .toList());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
