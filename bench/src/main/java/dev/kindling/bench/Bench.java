package dev.kindling.bench;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.PrintStream;
import java.util.Arrays;

/** The command {@code kindling bench}: which benchmark, on what, compared with what. */
public final class Bench {
  private static final String HELP =
      """
      Usage: kindling bench tpch|cold|csv|fuzz [OPTION]...
        tpch   the 22 TPC-H queries, warm: rows compared with Spark's, medians, ratios
        cold   from the start of a process to the first row of TPC-H query 6
        csv    lineitem as CSV files with a declared schema to Parquet
        fuzz   random queries over random data: every row compared with Spark's
      Options:
        --scale N        TPC-H's scale factor (default 1: 6 million line items)
        --rounds N       measured rounds after one round of warm-up (default 5)
        --min RATIO      exit with 1 when Spark (tuned) takes less than RATIO times as long
        --queries 1,6    only these queries (tpch)
        --dataframe      the session extension inside Spark instead of Kindling alone (tpch)
  --engines A,B    only these engines; in tpch the first one is under test
        --data DIR       the data; generated there when the folder is new or empty
                         (default ~/.cache/kindling/bench/tpch-sf<scale>)
        --memory SIZE    memory of each engine's process, such as 4g (default 4g)
        --threads N      threads of each engine (default: the processors)
        --kindling PATH  the launcher that cold and csv start (default: this installation's)
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
      if (args[0].equals("fuzz")) {
        return new FuzzBench(Arrays.asList(args).subList(1, args.length), out, err).run();
      }
      BenchOptions options = BenchOptions.parse(Arrays.asList(args).subList(1, args.length));
      return switch (args[0]) {
        case "tpch" -> new TpchBench(options, out, err).run();
        case "cold" -> new ColdBench(options, out, err).run();
        case "csv" -> new CsvBench(options, out, err).run();
        default ->
            throw new KindlingException(
                ErrorCode.USAGE,
                "Unknown benchmark '%s' (accepted: tpch, cold, csv, fuzz)".formatted(args[0]));
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
