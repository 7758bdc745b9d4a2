package dev.kindling.cli;

import dev.kindling.model.rows.CellText;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.script.ScriptRunner;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A person at a terminal: line editing, history, completion, pages, Ctrl-C. */
final class ShellTerminal implements ShellInput, AutoCloseable {
  private static final String PROMPT = "kindling> ";
  private static final String CONTINUED = "      ... ";
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  private final Terminal terminal;
  private final LineReader reader;
  private final String pager;

  private ShellTerminal(
      Terminal terminal, ShellCompleter completer, Map<String, String> environment) {
    this.terminal = terminal;
    this.pager = environment.getOrDefault("PAGER", "less -FRSX");
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new WholeStatements())
            .completer(
                (line, parsed, candidates) ->
                    completer
                        .candidates(parsed.line(), parsed.cursor())
                        .forEach(text -> candidates.add(candidate(text))))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
    history(environment).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    this.reader = builder.build();
  }

  static ShellTerminal open(ShellCompleter completer, Map<String, String> environment) {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .name("kindling")
              .system(true)
              // Ctrl-C between two statements, while nobody listens, means nothing.
              .signalHandler(Terminal.SignalHandler.SIG_IGN)
              .build();
      return new ShellTerminal(terminal, completer, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A path that goes on in a folder gets no blank behind it. */
  private static Candidate candidate(String text) {
    return new Candidate(text, text, null, null, null, null, !text.endsWith("/"));
  }

  /** Where lines are kept from one shell to the next; nowhere for a user without a home. */
  private static Optional<Path> history(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    if (state.isEmpty() && home.isEmpty()) {
      return Optional.empty();
    }
    Path folder = state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state);
    try {
      return Optional.of(
          Files.createDirectories(folder.resolve("kindling")).resolve("shell-history"));
    } catch (IOException e) {
      // A home that cannot be written to is no reason not to start.
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> next() throws Abandoned {
    // A request to end the process wakes the reader.
    Thread here = Thread.currentThread();
    try (Interruption.Registration end = Interruption.onInterrupt(here::interrupt)) {
      return Optional.of(reader.readLine(PROMPT));
    } catch (UserInterruptException e) {
      throw new Abandoned();
    } catch (EndOfFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean interactive() {
    return true;
  }

  @Override
  public Watch onCancel(Runnable action) {
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> action.run());
    return () -> terminal.handle(Terminal.Signal.INT, before);
  }

  @Override
  public void show(PrintStream out, Consumer<PrintStream> printer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream page = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      printer.accept(page);
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    if (fits(text) || pager.isBlank() || !paged(bytes)) {
      out.print(text);
    }
  }

  private boolean fits(String text) {
    // A terminal that does not know its size has no pages.
    return terminal.getHeight() <= 0
        || text.lines().count() < terminal.getHeight()
            && text.lines().allMatch(line -> CellText.width(line) <= terminal.getWidth());
  }

  /** Whether the pager took the text. It gets Ctrl-C too, and decides itself what that means. */
  private boolean paged(ByteArrayOutputStream text) {
    try (Watch ignored = onCancel(() -> {})) {
      // Standard output is not this terminal's in every process of the distribution.
      File screen = new File("/dev/tty");
      Process process =
          new ProcessBuilder("sh", "-c", "exec " + pager)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(screen))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        text.writeTo(in);
      } catch (IOException e) {
        // The reader has seen enough, or there is no such pager: its exit code tells.
        process.onExit().join();
      }
      int code = process.waitFor();
      return code != NOT_EXECUTABLE && code != NOT_FOUND;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    try {
      reader.getHistory().save();
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has Enter go on with the next line until a semicolon ends the statement. */
  private static final class WholeStatements implements Parser {
    private final DefaultParser words = new DefaultParser();

    WholeStatements() {
      // Quotes and backslashes are SQL's own.
      words.setEscapeChars(new char[0]);
      words.setQuoteChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      boolean sql = !line.isBlank() && !line.stripLeading().startsWith(".");
      if (context == ParseContext.ACCEPT_LINE && sql && !ScriptRunner.isComplete(line)) {
        throw new EOFError(-1, -1, "the statement goes on");
      }
      return words.parse(line, cursor, context);
    }
  }
}
