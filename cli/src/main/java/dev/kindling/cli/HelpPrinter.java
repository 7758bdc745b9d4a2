package dev.kindling.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The help page of a command, laid out as man pages are, on 80 columns. */
final class HelpPrinter {
  static final int WIDTH = 80;
  private static final int INDENT = 4;

  private final PrintStream out;
  private final boolean colours;

  HelpPrinter(Console console) {
    this.out = console.out();
    this.colours = console.colours();
  }

  void print(CommandPage page) {
    Manual manual = page.manual();
    heading("NAME");
    text("kindling " + page.words() + " - " + manual.summary(), INDENT);
    heading("SYNOPSIS");
    text(page.synopsis(), INDENT);
    if (!manual.description().isEmpty()) {
      heading("DESCRIPTION");
      text(manual.description(), INDENT);
    }
    commands(page.parts());
    if (!page.arguments().isEmpty()) {
      heading("ARGUMENTS");
      page.arguments().forEach(argument -> item(argument.label(), argument.description()));
    }
    if (!page.options().isEmpty()) {
      heading("OPTIONS");
      page.options().forEach(option -> item(option.heading(), description(option)));
    }
    heading("EXIT CODES");
    for (Map.Entry<Integer, String> code : manual.exitCodes().entrySet()) {
      row(code.getKey().toString(), 5, code.getValue());
    }
    examples(manual.examples());
    seeAlso(manual);
  }

  private static String description(CommandPage.Option option) {
    return option.description() + (option.repeatable() ? " May be given more than once." : "");
  }

  private void commands(List<CommandPage> parts) {
    if (parts.isEmpty()) {
      return;
    }
    heading("COMMANDS");
    int width = parts.stream().mapToInt(part -> part.name().length()).max().orElse(0) + 2;
    parts.forEach(part -> row(part.name(), width, part.manual().summary()));
  }

  private void examples(List<Manual.Example> examples) {
    if (examples.isEmpty()) {
      return;
    }
    heading("EXAMPLES");
    boolean first = true;
    for (Manual.Example example : examples) {
      if (!first) {
        out.println();
      }
      first = false;
      text(example.purpose() + ":", INDENT);
      // Whoever copies a command needs it whole, so that it is not broken.
      out.println(" ".repeat(2 * INDENT) + example.command());
    }
  }

  private void seeAlso(Manual manual) {
    List<String> documents = new ArrayList<>();
    manual.pages().forEach(page -> documents.add("docs/" + page));
    manual
        .schema()
        .ifPresent(name -> documents.add("docs/reference/schemas/" + name + ".schema.json"));
    if (!documents.isEmpty()) {
      heading("SEE ALSO");
      text(documents.stream().collect(Collectors.joining(", ")), INDENT);
    }
  }

  private void heading(String title) {
    if (!title.equals("NAME")) {
      out.println();
    }
    out.println(colours ? Ansi.ON.string("@|bold " + title + "|@") : title);
  }

  private void item(String name, String description) {
    text(name, INDENT);
    text(description, 2 * INDENT);
  }

  private void row(String name, int width, String description) {
    List<String> lines = wrap(description, WIDTH - INDENT - width);
    for (int i = 0; i < lines.size(); i++) {
      out.println(" ".repeat(INDENT) + pad(i == 0 ? name : "", width) + lines.get(i));
    }
  }

  private void text(String text, int indent) {
    wrap(text, WIDTH - indent)
        .forEach(line -> out.println(line.isEmpty() ? "" : " ".repeat(indent) + line));
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Paragraphs as lines of at most so many characters; lines that begin with blanks stay. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String given : text.split("\n", -1)) {
      boolean kept = given.isEmpty() || given.startsWith("  ");
      if (kept) {
        flush(line, lines);
        lines.add(given);
        continue;
      }
      for (String word : given.split(" +")) {
        if (line.length() > 0 && line.length() + 1 + word.length() > width) {
          flush(line, lines);
        }
        line.append(line.length() == 0 ? "" : " ").append(word);
      }
    }
    flush(line, lines);
    return lines;
  }

  private static void flush(StringBuilder line, List<String> lines) {
    if (line.length() > 0) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }
}
