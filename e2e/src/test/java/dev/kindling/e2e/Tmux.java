package dev.kindling.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A terminal of 80 columns and 24 lines, in which one command runs and keys are pressed. */
final class Tmux implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/tmux");

  private final Path socket;

  private Tmux(Path socket) {
    this.socket = socket;
  }

  static boolean there() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Opens the terminal.
   *
   * @param scratch for the terminal's own socket
   * @param command for a POSIX shell; what it prints at its end stays to be seen
   */
  static Tmux open(Path scratch, Path folder, String command) {
    Tmux tmux = new Tmux(scratch.resolve("tmux"));
    tmux.call(
        "new-session",
        "-d",
        "-x",
        "80",
        "-y",
        "24",
        "-c",
        folder.toString(),
        command + "; read wait");
    return tmux;
  }

  /** Presses keys by tmux's names, such as {@code Enter} and {@code C-c}. */
  void press(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    call(words.toArray(new String[0]));
  }

  /** Types a text as it is. */
  void type(String text) {
    // A semicolon at the end would separate tmux's own commands.
    call(
        "send-keys",
        "-l",
        text.endsWith(";") ? text.substring(0, text.length() - 1) + "\\;" : text);
  }

  /** What stands on the screen, without the blanks at the ends of lines. */
  String screen() {
    return call("capture-pane", "-p").stripTrailing();
  }

  /** Waits until the screen shows a text. */
  void await(String text) {
    try {
      Until.holds(() -> screen().contains(text), "the screen shows '" + text + "'");
    } catch (RuntimeException e) {
      throw new AssertionError("The screen does not show '" + text + "':\n" + screen(), e);
    }
  }

  /** Waits until the last line is this one. */
  void awaitLine(String line) {
    try {
      Until.holds(() -> ("\n" + screen()).endsWith("\n" + line), "the last line is '" + line + "'");
    } catch (RuntimeException e) {
      throw new AssertionError("The last line is not '" + line + "':\n" + screen(), e);
    }
  }

  /** Waits until the cursor is at the begin of a line, as when a statement runs. */
  void awaitLineStart() {
    Until.holds(
        () -> call("display-message", "-p", "#{cursor_x}").strip().equals("0"),
        "the cursor is at the begin of a line");
  }

  /** Ends the terminal, and returns when what ran in it has ended. */
  @Override
  public void close() {
    long shell = Long.parseLong(call("display-message", "-p", "#{pane_pid}").strip());
    List<ProcessHandle> programs =
        ProcessHandle.of(shell).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .toList();
    call("kill-server");
    // A shell writes its history as it ends, into a folder that the test is about to delete.
    Until.holds(
        () -> programs.stream().noneMatch(Tmux::runs), "the end of the programs in the terminal");
  }

  // A process that nobody collects counts as alive, and has no command line any more.
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  private String call(String... words) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-S", socket.toString()));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
