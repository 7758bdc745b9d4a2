package dev.kindling.cli;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * The statements to run.
 *
 * @param origin what they are called in messages: a file, {@code -e} or {@code <stdin>}
 */
record Script(String text, Path origin) {
  private static final Path COMMAND_LINE = Path.of("-e");
  private static final Path STANDARD_INPUT = Path.of("<stdin>");

  Script {
    requireNonNull(text, "text is null");
    requireNonNull(origin, "origin is null");
  }

  /** What {@code -e}, {@code -f} or {@code -} names; exactly one of them must be given. */
  static Script of(ParseResult args, Console console) throws IOException {
    KeptInput streams = new KeptInput(console.environment());
    Optional<String> text = Arguments.text(args, "--execute");
    Optional<String> file = Arguments.text(args, "--file");
    Optional<String> dash = Optional.ofNullable(args.matchedPositionalValue(0, null));
    int given =
        (text.isPresent() ? 1 : 0) + (file.isPresent() ? 1 : 0) + (dash.isPresent() ? 1 : 0);
    if (given != 1) {
      throw new KindlingException(
          ErrorCode.USAGE,
          (given == 0 ? "No statements given." : "Statements given more than once.")
              + " Use one of: -e SQL, -f FILE, - (standard input).");
    }
    if (text.isPresent()) {
      return new Script(text.get(), COMMAND_LINE);
    }
    if (dash.isPresent() && !dash.get().equals("-")) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Unexpected argument '%s'. A script file is given with -f, statements with -e."
              .formatted(dash.get()));
    }
    if (dash.isPresent() || file.get().equals("-")) {
      return new Script(streams.read(System.in), STANDARD_INPUT);
    }
    Path path = Path.of(file.get());
    try {
      // What is no file is a pipe, such as /dev/stdin or what a shell makes of <(…).
      return new Script(
          Files.isRegularFile(path) ? Files.readString(path) : streams.read(path), path);
    } catch (CharacterCodingException e) {
      throw new KindlingException(
          ErrorCode.FILE_CORRUPT,
          "Cannot read the script file '%s': it is not in UTF-8. Save it as UTF-8.".formatted(path),
          e);
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the script file", path);
    }
  }
}
