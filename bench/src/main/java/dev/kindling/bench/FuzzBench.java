package dev.kindling.bench;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.testkit.fuzz.FuzzMain;
import dev.kindling.testkit.fuzz.Fuzzer;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.launcher.JavaModuleOptions;

/** Random queries on both engines, in a JVM that is set up for Spark. */
final class FuzzBench {
  private static final List<String> NAMES = List.of("--queries", "--seed");

  private final int queries;
  private final long seed;
  private final PrintStream out;
  private final PrintStream err;

  FuzzBench(List<String> args, PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String[] parts = args.get(i).split("=", 2);
      if (!NAMES.contains(parts[0])) {
        problems.add(
            "Unknown option '%s' (accepted: %s)".formatted(parts[0], String.join(", ", NAMES)));
      } else if (parts.length == 2) {
        values.put(parts[0], parts[1]);
      } else if (i + 1 < args.size()) {
        values.put(parts[0], args.get(++i));
      } else {
        problems.add("Option %s has no value".formatted(parts[0]));
      }
    }
    long count = number("--queries", values.getOrDefault("--queries", "1000"), problems);
    if (count < 1 || count > 1_000_000) {
      problems.add("Option --queries is '%d' (accepted: 1 to 1000000)".formatted(count));
    }
    seed = number("--seed", values.getOrDefault("--seed", "1"), problems);
    queries = (int) count;
    if (!problems.isEmpty()) {
      throw new KindlingException(ErrorCode.USAGE, String.join("\n", problems));
    }
  }

  private static long number(String name, String text, List<String> problems) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      problems.add("Option %s is '%s' (accepted: a whole number)".formatted(name, text));
      return 1;
    }
  }

  /** Runs the queries; 0 when none differs and the run proves something, else 1. */
  int run() {
    try (Scratch scratch = Scratch.create("fuzz")) {
      Process process = new ProcessBuilder(command(scratch.folder())).start();
      Thread talk = new Thread(() -> copy(process.getErrorStream(), err), "talk of the fuzzer");
      talk.setDaemon(true);
      talk.start();
      // The fuzzer must not outlive this process when that is interrupted.
      Thread stop = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        copy(process.getInputStream(), out);
        int code = process.waitFor();
        talk.join();
        if (code > 1) {
          died(code, scratch.folder().resolve(Fuzzer.RUNNING));
        }
        return code;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
        throw new KindlingException(ErrorCode.INTERRUPTED, "The fuzzer was interrupted");
      } finally {
        Runtime.getRuntime().removeShutdownHook(stop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A crash is a finding too: says over which query. */
  private void died(int code, Path running) throws IOException {
    String query = Files.exists(running) ? Files.readString(running) : "no query yet";
    err.printf("The fuzzer's process ended with %d, running%n%s%n", code, query);
  }

  private List<String> command(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Analysis of deep plans recurses; both engines live in this heap. Every query is new code, so
    // the second compiler would cost more than it gives; without it Java reserves so little for
    // compiled code that it spends its time on throwing some away.
    command.addAll(
        List.of(
            "-Xmx3g",
            "-Xss8m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=512m"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.add("-cp");
    List<String> entries = new ArrayList<>();
    String classPath =
        System.getProperty("kindling.spark.classpath", System.getProperty("java.class.path"));
    for (String entry : classPath.split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    command.add(String.join(File.pathSeparator, entries));
    command.add(FuzzMain.class.getName());
    command.addAll(List.of(String.valueOf(queries), String.valueOf(seed), folder.toString()));
    return command;
  }

  private static void copy(java.io.InputStream from, PrintStream to) {
    try (java.io.BufferedReader lines =
        new java.io.BufferedReader(new java.io.InputStreamReader(from, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        to.println(line);
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The process is gone; its exit code says more.
    }
  }
}
