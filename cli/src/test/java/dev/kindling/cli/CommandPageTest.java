package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help says what is so, fits a terminal, and is what docs/reference/commands.md says. */
class CommandPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path DOCUMENT = DOCS.resolve("reference/commands.md");
  private static final Pattern LONG_OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern NAMED_COMMAND =
      Pattern.compile("(?:'|\\$\\()kindling ((?:[a-z]+ ?)+)");

  /** What a shell would make of a command line: words, with quotes taken away. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  static List<String> commands() {
    return CommandPage.all().stream()
        .flatMap(CommandPage::withParts)
        .map(CommandPage::words)
        .filter(words -> !words.equals(BenchCommand.NAME))
        .toList();
  }

  private static CommandPage page(String words) {
    return CommandPage.find(List.of(words.split(" "))).orElseThrow();
  }

  private static String help(String words) {
    return Cli.launch(("help " + words).split(" ")).output();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasAllPartsOnEightyColumns(String words) {
    String help = help(words);

    assertThat(help.lines()).allMatch(line -> line.length() <= HelpPrinter.WIDTH);
    assertThat(help.lines().filter(line -> line.matches("[A-Z]+( [A-Z]+)?")))
        .containsSubsequence("NAME", "SYNOPSIS", "OPTIONS", "EXIT CODES", "SEE ALSO")
        .contains(page(words).parts().isEmpty() ? "EXAMPLES" : "COMMANDS");
    assertThat(page(words).manual().summary()).endsWith(".").hasSizeLessThan(65);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpShowsTheOptionsThatAreParsedAndNoOthers(String words) {
    List<String> shown = new ArrayList<>();
    String options = help(words).split("OPTIONS\n")[1].split("\n\nEXIT CODES")[0];
    options
        .lines()
        .filter(line -> line.matches(" {4}-.*"))
        .forEach(line -> shown.addAll(List.of(line.strip().split(" [^-]")[0].split(", "))));

    assertThat(shown).contains("--help").containsExactlyElementsOf(page(words).optionNames());
    List<String> needed =
        page(words).arguments().stream()
            .filter(argument -> !argument.synopsis().startsWith("["))
            .map(argument -> "1")
            .toList();
    for (CommandPage.Option option : page(words).options()) {
      for (String name : option.names()) {
        List<String> value = option.value().isPresent() ? List.of("1") : List.of();
        assertThat(parse(words, List.of(name), value, needed)).as(name).isEmpty();
      }
    }
    assertThat(parse(words, List.of("--no-such-option"), needed)).contains("Unknown option");
  }

  @SafeVarargs
  private static String parse(String words, List<String>... more) {
    List<String> args = new ArrayList<>(List.of(words.split(" ")));
    List.of(more).forEach(args::addAll);
    return parse(args);
  }

  /** The parser's complaint about a command line; empty when it has none. */
  private static String parse(List<String> args) {
    CommandLine line = Main.line(args.get(0), Commands.find(args.get(0)).orElseThrow());
    try {
      line.parseArgs(args.subList(1, args.size()).toArray(String[]::new));
      return "";
    } catch (CommandLine.ParameterException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatTheTextNamesIsThere(String words) {
    Manual manual = page(words).manual();
    String text =
        manual.description()
            + page(words).options().stream()
                .map(CommandPage.Option::description)
                .collect(Collectors.joining("\n", "\n", ""));
    Set<String> known = new TreeSet<>(page(words).optionNames());
    Matcher command = NAMED_COMMAND.matcher(text);
    while (command.find()) {
      List<String> named = List.of(command.group(1).strip().split(" "));
      assertThat(CommandPage.find(named)).as("kindling %s", named).isPresent();
      known.addAll(CommandPage.find(named).get().optionNames());
    }
    assertThat(LONG_OPTION.matcher(text).results().map(found -> found.group())).isSubsetOf(known);
    for (String document : manual.pages()) {
      assertThat(DOCS.resolve(document)).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesAreOfTheCommandAndAreParsed(String words) {
    for (Manual.Example example : page(words).manual().examples()) {
      String line = example.command().substring(example.command().indexOf("kindling "));
      assertThat(line).startsWith("kindling " + words);
      List<String> args =
          WORD.matcher(line)
              .results()
              .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
              .toList();
      assertThat(parse(args.subList(1, args.size()))).as(line).isEmpty();
    }
  }

  @Test
  void theReferenceIsWhatTheCommandsSay() throws IOException {
    if (Boolean.getBoolean("kindling.commands.write")) {
      Files.writeString(DOCUMENT, CommandsDocument.text());
    }
    assertThat(DOCUMENT)
        .as("write it anew with -Dkindling.commands.write=true, as CONTRIBUTING.md says")
        .hasContent(CommandsDocument.text());
  }

  @Test
  void linksOfTheReferenceLeadSomewhere() throws IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#]+)").matcher(Files.readString(DOCUMENT));
    int links = 0;
    while (link.find()) {
      assertThat(DOCUMENT.resolveSibling(link.group(1))).exists();
      links++;
    }
    assertThat(links).isGreaterThan(30);
  }
}
