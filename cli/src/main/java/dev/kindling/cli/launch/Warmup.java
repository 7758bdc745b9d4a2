package dev.kindling.cli.launch;

import dev.kindling.cli.Main;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the commands of daily work once, in one process, over the small project in the current
 * folder, so that Java can note which classes they load. For the script that makes the class-data
 * archives; the argument says for which of the two processes.
 */
public final class Warmup {
  private static final List<List<String>> EMBEDDED =
      List.of(
          List.of("--version"),
          List.of("help", "run"),
          List.of("check", "."),
          List.of("test", "."),
          List.of("plan", "."),
          List.of("run", "."),
          List.of("run", "csv"),
          List.of("sql", "-f", "queries.sql"),
          List.of(
              "sql", "--output", "csv", "-e", "SELECT sum(amount) AS a FROM parquet.`out/latest`"),
          // Errors have classes too.
          List.of("sql", "-e", "SELEC 1"));

  // Ends at once: nothing is typed. Its line editor has classes of its own.
  private static final String[] SHELL = {"shell", "-p", "."};

  // One process: each takes ten seconds of processor time to start without an archive.
  private static final List<List<String>> SPARK =
      List.of(List.of("run", "csv", "--engine", "spark"));

  private Warmup() {}

  /** Runs the commands, whatever becomes of each, and shows what they print. */
  public static void main(String[] args) {
    boolean spark = args.length == 1 && args[0].equals("spark");
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (List<String> command : spark ? SPARK : EMBEDDED) {
      int code = Main.run(command.toArray(new String[0]), out, out);
      out.println("kindling " + String.join(" ", command) + ": exit code " + code);
    }
    if (!spark) {
      out.println("kindling shell: exit code " + Main.runForPerson(SHELL, out, out));
    }
    out.flush();
    System.exit(0);
  }
}
