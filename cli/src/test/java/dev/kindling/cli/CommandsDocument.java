package dev.kindling.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code docs/reference/commands.md}, made of what the commands say of themselves. */
final class CommandsDocument {
  private static final String HEAD =
      """
      # Commands

      Written by `CommandPageTest` from what the commands say of themselves; `kindling help COMMAND` shows the same. All
      commands take `--debug`, which shows the stack trace of an error, and `-h` or `--help`.

      ## Exit codes

      What they mean where a command does not say more:

      """;

  private CommandsDocument() {}

  static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    codes(Manual.COMMON_EXIT_CODES, text);
    for (Commands.Group group : Commands.GROUPS) {
      text.append("\n## ").append(group.title()).append('\n');
      for (String name : group.names()) {
        CommandPage.find(List.of(name)).orElseThrow().withParts().forEach(page -> page(page, text));
      }
    }
    return text.toString();
  }

  private static void codes(Map<Integer, String> codes, StringBuilder text) {
    text.append("| code | meaning |\n|---|---|\n");
    new TreeMap<>(codes).forEach((code, meaning) -> row(text, code.toString(), meaning));
  }

  private static void page(CommandPage page, StringBuilder text) {
    Manual manual = page.manual();
    text.append("\n### kindling ").append(page.words()).append("\n\n");
    text.append(manual.summary()).append("\n\n```text\n");
    text.append(page.synopsis()).append("\n```\n");
    if (!manual.description().isEmpty()) {
      text.append('\n');
      text.append(
          manual
              .description()
              .lines()
              .map(line -> line.startsWith("  ") ? "    " + line.strip() : line)
              .collect(Collectors.joining("\n", "", "\n")));
    }
    arguments(page, text);
    Map<Integer, String> own = new TreeMap<>(manual.exitCodes());
    own.entrySet().removeAll(Manual.COMMON_EXIT_CODES.entrySet());
    if (!own.isEmpty()) {
      text.append('\n');
      codes(own, text);
    }
    examples(manual, text);
    links(manual).ifPresent(links -> text.append("\nSee ").append(links).append(".\n"));
  }

  private static void arguments(CommandPage page, StringBuilder text) {
    List<CommandPage.Option> options =
        page.options().stream()
            .filter(option -> !option.names().contains("--debug"))
            .filter(option -> !option.names().contains("--help"))
            .toList();
    if (options.isEmpty() && page.arguments().isEmpty()) {
      return;
    }
    text.append("\n| argument | |\n|---|---|\n");
    page.arguments()
        .forEach(argument -> row(text, "`" + argument.synopsis() + "`", argument.description()));
    for (CommandPage.Option option : options) {
      row(
          text,
          "`" + option.heading() + "`" + (option.repeatable() ? " …" : ""),
          option.description());
    }
  }

  private static void examples(Manual manual, StringBuilder text) {
    for (Manual.Example example : manual.examples()) {
      text.append('\n').append(example.purpose()).append(":\n\n");
      text.append(
          switch (example.place()) {
            case CLONE -> "<!-- tested -->\n";
            case CLUSTER -> "<!-- tested: cluster -->\n";
            case ELSEWHERE -> "";
          });
      text.append("```sh\n").append(example.command()).append("\n```\n");
    }
  }

  private static Optional<String> links(Manual manual) {
    List<String> links =
        manual.pages().stream()
            .map(page -> "[%s](%s)".formatted(title(page), link(page)))
            .collect(Collectors.toList());
    manual
        .schema()
        .ifPresent(name -> links.add("[JSON Schema](schemas/%s.schema.json)".formatted(name)));
    return links.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", links));
  }

  private static String title(String page) {
    return page.substring(page.lastIndexOf('/') + 1).replace(".md", "").replace('-', ' ');
  }

  private static String link(String page) {
    return page.startsWith("reference/") ? page.substring("reference/".length()) : "../" + page;
  }

  private static void row(StringBuilder text, String left, String right) {
    text.append("| ").append(cell(left)).append(" | ").append(cell(right)).append(" |\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
