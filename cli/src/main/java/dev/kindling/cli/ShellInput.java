package dev.kindling.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a shell's statements come from. */
interface ShellInput {
  /**
   * The next line, or lines that belong together; empty at the end.
   *
   * @throws Abandoned when the user gives up what was typed so far
   */
  Optional<String> next() throws IOException, Abandoned;

  /** Whether a person types. */
  boolean interactive();

  /** Has Ctrl-C do something while a statement runs, until the registration is closed. */
  Watch onCancel(Runnable action);

  /** Shows what a printer prints, a page at a time where it is longer than the screen. */
  void show(PrintStream out, Consumer<PrintStream> printer);

  /** Ends an {@link #onCancel}. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Ctrl-C at the prompt. */
  final class Abandoned extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Lines of a file or a pipe. */
  record Lines(BufferedReader in) implements ShellInput {
    @Override
    public Optional<String> next() throws IOException {
      return Optional.ofNullable(in.readLine());
    }

    @Override
    public boolean interactive() {
      return false;
    }

    @Override
    public Watch onCancel(Runnable action) {
      return () -> {};
    }

    @Override
    public void show(PrintStream out, Consumer<PrintStream> printer) {
      printer.accept(out);
    }
  }
}
