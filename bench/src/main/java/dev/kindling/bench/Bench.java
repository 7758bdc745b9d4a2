package dev.kindling.bench;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command {@code kindling bench}: which benchmark, on what, compared with what. */
public final class Bench {
  private static final String HELP =
      """
      Usage: kindling bench tpch|tpcds|ssb|functions|cold|start|csv|fuzz|suite [OPTION]...
        tpch   the 22 TPC-H queries, warm: rows compared with Spark's, medians, ratios
        tpcds  the same for TPC-DS: 103 queries of version 1.4, 32 of version 2.7
        ssb    the same for the 13 queries of the Star Schema Benchmark
        functions  popular functions one by one over lineitem
        cold   from the start of a process to the first row of TPC-H query 6
        start  how long the commands of the daily loop take: check, test, the shell to its prompt
               (its only options: --rounds, --kindling, --output, --out)
        csv    lineitem as CSV files with a declared schema to Parquet
        fuzz   random queries over random data: every row compared with Spark's
        suite  Spark's own SQL tests on both engines: totals by what became of the statements
               (its only options: parts of file names, --statements, --ledger FILE, --rewrite)
      Options:
        --scale N        the scale factor (default 1: 6 million line items in tpch and ssb,
                         2.9 million rows of store_sales in tpcds)
        --rounds N       measured rounds after one round of warm-up (default 5; tpcds 3)
        --min RATIO      exit with 1 when Spark (tuned) takes less than RATIO times as long
        --queries 1,6    only these queries (tpch, tpcds, ssb), such as 14a,22a-v2.7 or 3.1
        --dataframe      the session extension inside Spark instead of Kindling alone
        --engines A,B    only these engines, the first one under test (default
                         kindling,duckdb,spark,spark-tuned; tpcds without the last)
        --data DIR       the data; generated there when the folder is new or empty
                         (default ~/.cache/kindling/bench/<benchmark>-sf<scale>)
        --memory SIZE    memory of each engine's process, such as 4g (default 4g)
        --threads N      threads of each engine (default: the processors)
        --kindling PATH  the launcher that cold, start and csv start (default: this installation's)
        --seed N         where the random queries come from (fuzz, with --queries N: how many)
        --output json    the report as JSON on stdout (default text)
        --out DIR        where the raw timings go (default bench-data)
      """;

  private Bench() {}

  /**
   * Runs a benchmark; the report goes to stdout, progress and errors to stderr.
   *
   * @return 0 when all answers are equal and fast enough, 1 when not, else the exit code of the
   *     error's kind, 2 for a wrong command line
   */
  public static int run(String... args) {
    return run(System.out, System.err, args);
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    try {
      if (args.length == 0 || Arrays.asList(args).contains("--help")) {
        (args.length == 0 ? err : out).print(HELP);
        return args.length == 0 ? ErrorCode.USAGE.kind().exitCode() : 0;
      }
      List<String> rest = Arrays.asList(args).subList(1, args.length);
      if (args[0].equals("fuzz")) {
        return new FuzzBench(rest, out, err).run();
      }
      if (args[0].equals("suite")) {
        return SuiteBench.run(rest, out);
      }
      Optional<Workload> workload = Workload.find(args[0]);
      BenchOptions options = BenchOptions.parse(workload.orElse(Workload.TPCH), rest);
      if (workload.isPresent()) {
        return new WorkloadBench(workload.get(), options, out, err).run();
      }
      return switch (args[0]) {
        case "cold" -> new ColdBench(options, out, err).run();
        case "start" -> new StartBench(options, out, err).run();
        case "csv" -> new CsvBench(options, out, err).run();
        default ->
            throw new KindlingException(
                ErrorCode.USAGE,
                "Unknown benchmark '%s' (accepted: tpch, tpcds, ssb, functions, cold, start, csv, fuzz, suite)"
                    .formatted(args[0]));
      };
    } catch (KindlingException e) {
      err.println(e.getMessage());
      return e.kind().exitCode();
    }
  }

  /** For benchmarks without the rest of Kindling: ends the process with the exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }
}
