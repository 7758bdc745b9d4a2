package dev.kindling.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemas of all outputs, each read when a command first prints one. */
final class OutputSchemas {
  private final Map<String, OutputSchema> read = new TreeMap<>();

  /** The commands that take {@code --output json}. */
  static List<CommandPage> commands() {
    return CommandPage.all().stream()
        .flatMap(CommandPage::withParts)
        .filter(
            page ->
                page.options().stream()
                    .anyMatch(
                        option ->
                            option.names().contains("--output")
                                && option.description().contains("json")))
        .toList();
  }

  synchronized OutputSchema get(String name) {
    return read.computeIfAbsent(name, OutputSchema::read);
  }

  /** Holds what a command printed against its schema, when JSON was asked for and printed. */
  void check(List<String> args, String output) {
    int form = args.indexOf("--output");
    // With --to the paths of written files take the place of JSON.
    boolean printed = form >= 0 && args.get(form + 1).equals("json") && !output.isEmpty();
    if (!printed || args.contains("--to")) {
      return;
    }
    String line = String.join(" ", args) + " ";
    commands().stream()
        .filter(page -> line.startsWith(page.words() + " "))
        .max(Comparator.comparing(page -> page.words().length()))
        .flatMap(page -> page.manual().schema())
        .ifPresent(name -> checkOne(name, output));
  }

  private synchronized void checkOne(String name, String output) {
    get(name).check(output);
  }
}
