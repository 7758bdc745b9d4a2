package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.pipeline.InvalidPipelineException;
import dev.kindling.storage.FileErrors;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code kindling} command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 an
 * expectation failed, 5 the machine or a resource is at fault and trying again may help, 130
 * interrupted.
 */
public final class Main {
  private static final String PROGRAM = "kindling ";
  private static final int USAGE = ErrorKind.USER.exitCode();

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    main(args, FileDescriptor.out, System.console() != null);
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param data where data goes, in the place of the process's standard output
   * @param terminal whether a person looks at it
   */
  public static void main(String[] args, FileDescriptor data, boolean terminal) {
    PrintStream out = stream(new StandardOutput(new FileOutputStream(data)), 1 << 16);
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err), 1 << 10);
    System.setOut(out);
    Interruption interruption = Interruption.install();
    int code = run(args, new Console(out, err, terminal, System.getenv()));
    out.flush();
    err.flush();
    interruption.finished();
    System.exit(code);
  }

  /**
   * Runs a command in this process, as for a reader that is no terminal.
   *
   * @param out gets data, UTF-8
   * @param err gets talk, UTF-8
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Console(out, err, false, System.getenv()));
  }

  /** Like {@link #run(String[], PrintStream, PrintStream)}, as for a person at a terminal. */
  public static int runForPerson(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Console(out, err, true, System.getenv()));
  }

  /** Like {@link #run(String[], PrintStream, PrintStream)} with other environment variables. */
  public static int run(
      String[] args, PrintStream out, PrintStream err, Map<String, String> environment) {
    return run(args, new Console(out, err, false, environment));
  }

  private static int run(String[] args, Console console) {
    List<String> words = List.of(args);
    boolean debug = words.contains("--debug");
    try {
      int code = dispatch(words, console);
      console.out().flush();
      return code;
    } catch (StandardOutput.ReaderGoneException e) {
      return StandardOutput.READER_GONE_EXIT_CODE;
    } catch (KindlingException e) {
      return fail(e, debug, console);
    } catch (InvalidPipelineException e) {
      e.problems().forEach(problem -> console.say(problem.toString()));
      return CheckCommand.exitCode(e.problems());
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      return fail(
          FileErrors.translate(cause, "read or write a file", Path.of("").toAbsolutePath()),
          debug,
          console);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return bug(e, debug, console);
    } catch (OutOfMemoryError e) {
      return fail(
          new KindlingException(
              ErrorCode.OUT_OF_MEMORY,
              "The Java heap is too small for this command. Give it more, for example with"
                  + " KINDLING_JAVA_OPTS=-Xmx2g",
              e),
          debug,
          console);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private static int dispatch(List<String> args, Console console) throws Exception {
    int first = 0;
    while (first < args.size() && args.get(first).equals("--debug")) {
      first++;
    }
    if (first == args.size()) {
      usage(console.err());
      return USAGE;
    }
    String word = args.get(first);
    List<String> rest = args.subList(first + 1, args.size());
    switch (word) {
      case "--version", "-V", "version" -> {
        console.out().println(Version.line());
        return 0;
      }
      case "--help", "-h", "help" -> {
        return help(rest, console);
      }
      case BenchCommand.NAME -> {
        return BenchCommand.run(rest);
      }
      default -> {}
    }
    Optional<Command> command = Commands.find(word);
    if (command.isEmpty()) {
      console.say(unknown(word));
      return USAGE;
    }
    return run(word, command.get(), rest, console);
  }

  private static int run(String name, Command command, List<String> args, Console console)
      throws Exception {
    CommandLine line = line(name, command);
    ParseResult result;
    try {
      result = line.parseArgs(args.toArray(new String[0]));
    } catch (ParameterException e) {
      console.say(wrongUsage(e));
      return USAGE;
    }
    ParseResult innermost = result;
    while (innermost.hasSubcommand() && !innermost.hasMatchedOption("--help")) {
      innermost = innermost.subcommand();
    }
    if (innermost.hasMatchedOption("--help")) {
      String words = innermost.commandSpec().qualifiedName().substring(PROGRAM.length());
      new HelpPrinter(console).print(CommandPage.find(List.of(words.split(" "))).orElseThrow());
      return 0;
    }
    return command.run(result, console);
  }

  /** A command with the options that all have. */
  static CommandLine line(String name, Command command) {
    CommandSpec spec = command.spec();
    spec.name(PROGRAM + name);
    addCommonOptions(spec);
    return new CommandLine(spec);
  }

  private static void addCommonOptions(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--debug")
            .type(boolean.class)
            .description("Show the stack trace of an error.")
            .build());
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build());
    spec.subcommands().values().forEach(part -> addCommonOptions(part.getCommandSpec()));
  }

  private static int help(List<String> words, Console console) throws Exception {
    if (words.isEmpty()) {
      usage(console.out());
      return 0;
    }
    if (words.get(0).equals(BenchCommand.NAME)) {
      return dispatch(List.of(BenchCommand.NAME, "--help"), console);
    }
    Optional<CommandPage> page = CommandPage.find(List.of(words.get(0)));
    if (page.isEmpty()) {
      console.say(unknown(words.get(0)));
      return USAGE;
    }
    for (int i = 1; i < words.size(); i++) {
      CommandPage group = page.get();
      page = CommandPage.find(words.subList(0, i + 1));
      if (page.isEmpty()) {
        console.say(
            "Unknown command '%s' of 'kindling %s'.%s 'kindling help %s' shows its commands."
                .formatted(
                    words.get(i),
                    group.words(),
                    didYouMean(
                        words.get(i), group.parts().stream().map(CommandPage::name).toList()),
                    group.words()));
        return USAGE;
      }
    }
    new HelpPrinter(console).print(page.get());
    return 0;
  }

  private static void usage(PrintStream to) {
    to.println("Usage: kindling COMMAND [ARGUMENTS]");
    to.println();
    to.println("Runs Spark SQL and data pipelines in one process, with Spark's answers.");
    for (Commands.Group group : Commands.GROUPS) {
      to.println();
      to.println(group.title() + ":");
      for (String name : group.names()) {
        to.printf("  %-10s %s%n", name, Commands.manual(name).summary());
      }
    }
    to.println();
    to.println("'kindling help COMMAND' shows a command's options, 'kindling --version' versions.");
  }

  private static String didYouMean(String word, Collection<String> accepted) {
    return Suggestions.closest(word, accepted)
        .map(near -> " Did you mean '" + near + "'?")
        .orElse("");
  }

  private static String unknown(String word) {
    StringBuilder message = new StringBuilder();
    message.append(word.startsWith("-") ? "Unknown option '" : "Unknown command '");
    message.append(word).append("'.").append(didYouMean(word, Commands.names()));
    message.append(" Commands: ").append(String.join(", ", Commands.names())).append('.');
    return message.toString();
  }

  private static String wrongUsage(ParameterException e) {
    String text = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String found = unmatched.getUnmatched().get(0);
      text = (found.startsWith("-") ? "Unknown option '" : "Unexpected argument '") + found + "'.";
      if (found.startsWith("-")) {
        String key = found.contains("=") ? found.substring(0, found.indexOf('=')) : found;
        text += didYouMean(key, e.getCommandLine().getCommandSpec().optionsMap().keySet());
      } else {
        text += didYouMean(found, e.getCommandLine().getSubcommands().keySet());
      }
    } else if (!text.endsWith(".")) {
      text += ".";
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    return text
        + " 'kindling help "
        + command.substring(PROGRAM.length())
        + "' shows what is accepted.";
  }

  private static int fail(KindlingException e, boolean debug, Console console) {
    if (e.kind() == ErrorKind.BUG) {
      return bug(e, debug, console);
    }
    console.say(
        console.colours()
            ? Ansi.ON.string("@|red error:|@ ") + e.getMessage()
            : "error: " + e.getMessage());
    trace(e, debug, console);
    return e.code() == ErrorCode.INTERRUPTED ? Interruption.EXIT_CODE : e.kind().exitCode();
  }

  private static int bug(Throwable e, boolean debug, Console console) {
    console.say(
        "Internal error: "
            + e
            + System.lineSeparator()
            + "This is a bug in Kindling; please report it"
            + (debug ? "." : " with what 'kindling … --debug' prints."));
    trace(e, debug, console);
    return ErrorKind.BUG.exitCode();
  }

  private static void trace(Throwable e, boolean debug, Console console) {
    if (debug) {
      e.printStackTrace(console.err());
    }
  }

  private static PrintStream stream(OutputStream target, int buffer) {
    return new PrintStream(new BufferedOutputStream(target, buffer), false, StandardCharsets.UTF_8);
  }
}
