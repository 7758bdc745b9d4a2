package dev.kindling.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs random queries in this process. Arguments: queries, seed, a folder for the tables. */
public final class FuzzMain {
  private FuzzMain() {}

  /** Ends with 0 when no query differs and the run proves something, else with 1. */
  public static void main(String[] args) throws IOException {
    int queries = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    Path folder = Path.of(args[2]);
    Files.createDirectories(folder);
    int code;
    try (Fuzzer fuzzer = new Fuzzer(seed, folder, System.err::println)) {
      FuzzReport report = fuzzer.run(queries);
      System.out.print(report.text(true));
      code = report.differences().isEmpty() && report.provesSomething() ? 0 : 1;
    }
    System.out.flush();
    // Threads that an engine left running must not keep the process.
    System.exit(code);
  }
}
