package dev.kindling.testkit.suite;

import dev.kindling.testkit.LocalSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** The process that {@code bench suite} starts. */
public final class SuiteMain {
  private SuiteMain() {}

  /**
   * Runs the files whose names contain one of the words, all files without words. The totals go to
   * stdout, a line for each file to stderr.
   *
   * @param args words; {@code --statements} puts every statement on stdout too, {@code --ledger
   *     FILE} compares with a ledger, {@code --rewrite} puts the new verdicts into it
   */
  public static void main(String[] args) throws IOException {
    List<String> words = new ArrayList<>();
    Optional<Path> ledger = Optional.empty();
    boolean rewrite = false;
    boolean statements = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--ledger" -> ledger = Optional.of(Path.of(args[++i]));
        case "--rewrite" -> rewrite = true;
        case "--statements" -> statements = true;
        default -> words.add(args[i]);
      }
    }
    Configurator.setRootLevel(Level.OFF);
    LocalSpark.session().sparkContext().setLogLevel("OFF");
    Path scratch = Files.createTempDirectory("kindling-suite-");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    SuiteProgress progress = new SuiteProgress(System.err);
    List<StatementResult> results = new ArrayList<>();
    boolean each = statements;
    SuiteRunner.open(scratch)
        .run(
            name -> words.isEmpty() || words.stream().anyMatch(name::contains),
            result -> {
              results.add(result);
              progress.ran(result);
              if (each) {
                out.println(line(result));
              }
            });
    progress.end();
    Ledger found = Ledger.of(results);
    int worse = found.different();
    if (ledger.isPresent() && rewrite) {
      found.write(ledger.get());
    } else if (ledger.isPresent()) {
      Ledger.Change change = found.since(Ledger.read(ledger.get()));
      change.better().forEach(line -> System.err.println("better: " + line));
      change.worse().forEach(line -> System.err.println("WORSE: " + line));
      worse += change.worse().size();
    }
    out.print(found.totals());
    // Spark and DuckDB have threads of their own that nobody waits for.
    System.exit(worse == 0 ? 0 : 1);
  }

  private static String line(StatementResult result) {
    return String.join(
        "\t",
        result.file(),
        String.valueOf(result.number()),
        String.valueOf(result.relation()),
        result.verdict().text(),
        result.lifted().map(Verdict::text).orElse("-"),
        String.join(" | ", result.reasons()),
        result.sql().replaceAll("\\s+", " "));
  }
}
