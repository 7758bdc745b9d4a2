package dev.kindling.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A command of the distribution, to be run in a folder. Immutable but for its variables. */
final class Cli {
  /** Far above what any command takes, so that a hanging one fails its test and not the build. */
  private static final long DEADLINE_SECONDS = 600;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Path program;

  private Cli(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The distribution's own command. */
  static Cli in(Path folder) {
    return new Cli(dist().resolve("bin/kindling"), folder);
  }

  /** The same, with clusters that are this folder's own. */
  static Cli withClusters(Path folder) {
    return in(folder).with("KINDLING_STATE", folder.resolve("state").toString());
  }

  /** Another program, such as a script that calls the distribution's command. */
  static Cli program(Path program, Path folder) {
    return new Cli(program, folder);
  }

  /** The distribution that this build made, ready to start fast. */
  static Path dist() {
    return Ready.DIST;
  }

  /** Makes class-data archives first, once: every later start is three times as fast. */
  private static final class Ready {
    static final Path DIST = existing("kindling.dist");

    static {
      Result made =
          new Cli(DIST.resolve("bin/kindling"), DIST.getParent())
              .run(("warmup " + System.getProperty("kindling.archives", "embedded")).split(" "));
      if (made.exitCode() != 0) {
        throw new IllegalStateException(made.out() + made.err());
      }
    }
  }

  /** The archive of the classes of Spark's own processes, if this build makes one. */
  static Optional<Path> sparkArchive() {
    return Folders.names(dist().resolve("archives")).stream()
        .filter(name -> name.startsWith("spark-"))
        .map(dist().resolve("archives")::resolve)
        .findFirst();
  }

  /** The root of the source tree. */
  static Path root() {
    return existing("kindling.root");
  }

  private static Path existing(String property) {
    Path path = Path.of(System.getProperty(property, "")).toAbsolutePath().normalize();
    if (!Files.isDirectory(path)) {
      throw new IllegalStateException(
          property + " is no folder: " + path + ". Run these tests with mvn verify.");
    }
    return path;
  }

  /** Sets a variable of the process. An empty value takes the variable away. */
  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs to the end with an empty standard input. */
  Result run(String... args) {
    return runWithInput("", args);
  }

  /** Runs to the end with this text on standard input. */
  Result runWithInput(String input, String... args) {
    Running running = start(input, args);
    return running.await();
  }

  /**
   * Starts in a session of its own, so that a signal to its process group reaches nobody else, and
   * with Ctrl-C switched on, which it is not in what a script starts in the background.
   */
  Running start(String input, String... args) {
    try {
      Path files = Files.createTempDirectory("kindling-e2e");
      Path in = Files.writeString(files.resolve("in"), input);
      List<String> command =
          new ArrayList<>(List.of("setsid", "env", "--default-signal=INT", program.toString()));
      command.addAll(List.of(args));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(files.resolve("out").toFile())
              .redirectError(files.resolve("err").toFile());
      builder.environment().put("KINDLING_BUILD", "off");
      builder.environment().put("KINDLING_ARCHIVES", "use");
      builder.environment().keySet().removeAll(List.of("KINDLING_CRASHED", "KINDLING_MARKER"));
      environment.forEach(
          (name, value) -> {
            if (value.isEmpty()) {
              builder.environment().remove(name);
            } else {
              builder.environment().put(name, value);
            }
          });
      return new Running(builder.start(), files, String.join(" ", command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a signal to a process that runs. */
  static void signal(String signal, ProcessHandle process) {
    if (!signal(signal, Long.toString(process.pid()))) {
      throw new IllegalStateException("There is no process " + process.pid());
    }
  }

  private static boolean signal(String signal, String target) {
    try {
      return new ProcessBuilder("kill", "-" + signal, "--", target).start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a command left behind. */
  record Result(int exitCode, String out, String err) {}

  /** A command that runs. */
  static final class Running {
    private final Process process;
    private final Path files;
    private final String command;

    Running(Process process, Path files, String command) {
      this.process = process;
      this.files = files;
      this.command = command;
    }

    /** The launcher script, which leads its own process group. */
    ProcessHandle launcher() {
      return process.toHandle();
    }

    /**
     * Sends a signal to the launcher and all that it started, as a terminal does.
     *
     * @return whether there was one left to get it
     */
    boolean signalAll(String signal) {
      return Cli.signal(signal, "-" + process.pid());
    }

    /** The Java process. */
    ProcessHandle java() {
      return Until.present(
          () ->
              process
                  .descendants()
                  .filter(p -> commandLine(p).contains("kindling.jar"))
                  .findFirst(),
          "the Java process of " + command);
    }

    String out() {
      return read("out");
    }

    /** Without Java's word that it found options in the environment, which are the tests' own. */
    String err() {
      return read("err").replaceAll("(?m)^NOTE: Picked up JDK_JAVA_OPTIONS: .*\\R", "");
    }

    boolean alive() {
      return process.isAlive();
    }

    /** Waits for the end. */
    Result await() {
      try {
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
          String state = "out:\n" + out() + "\nerr:\n" + err();
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(command + " did not end. " + state);
        }
        return new Result(process.exitValue(), out(), err());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /** Waits so long or until the end, whichever comes first. */
    void awaitAtMost(long millis) {
      try {
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        assert ended || process.isAlive();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private String read(String name) {
      try {
        return Files.readString(files.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String commandLine(ProcessHandle process) {
      return process.info().commandLine().orElse("");
    }
  }
}
