package dev.kindling.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.cli.Main;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.submit.DriverFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The main class of a driver on a cluster: a command that leaves what it says and gives in a folder
 * of the project, for the command that follows it.
 */
public final class DriverMain {
  // They are about the process that submitted it, and about its machine.
  private static final List<String> OF_THE_LAUNCHER =
      List.of("KINDLING_LAUNCHER_PID", "KINDLING_MARKER", "KINDLING_CRASHED");

  private DriverMain() {}

  /** Takes the path of a {@link DriverFolder} and the command's words. */
  public static void main(String[] words) throws IOException {
    DriverFolder folder = new DriverFolder(Path.of(words[0]));
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeAll(OF_THE_LAUNCHER);
    Interruption interruption = Interruption.install();
    int code;
    try (PrintStream out = new PrintStream(folder.output().toFile(), UTF_8);
        PrintStream talk = new PrintStream(folder.talk().toFile(), UTF_8)) {
      code = Main.run(Arrays.copyOfRange(words, 1, words.length), out, talk, environment);
    }
    folder.end(code);
    interruption.finished();
    System.exit(code);
  }
}
