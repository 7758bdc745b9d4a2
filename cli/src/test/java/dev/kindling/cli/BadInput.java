package dev.kindling.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case of {@code bad-inputs}: what a user does wrong, and every word of the answer.
 *
 * @param title what is wrong, in a few words
 * @param preparation the files and what else is there before the command, in order
 * @param commands words of the command lines; all but the last one have to succeed
 * @param answer what the last command prints, as it stands in the file
 */
record BadInput(
    String title, List<Step> preparation, List<List<String>> commands, String answer, String text) {
  private static final String COMMAND = "$ kindling";

  BadInput {
    preparation = List.copyOf(preparation);
    commands = List.copyOf(commands);
  }

  /**
   * A line {@code @kind subject} and the lines below it.
   *
   * @param content with a line break at its end, or empty
   */
  record Step(String kind, String subject, String content) {}

  /** The cases of a file, in their order. */
  static List<BadInput> read(Path file) throws IOException {
    List<BadInput> cases = new ArrayList<>();
    for (String section : ("\n" + Files.readString(file)).split("\n== ")) {
      if (!section.isBlank()) {
        cases.add(parse(section));
      }
    }
    return cases;
  }

  private static BadInput parse(String section) {
    int answer = section.indexOf("\n@exit ");
    String input = answer < 0 ? section.stripTrailing() : section.substring(0, answer);
    List<String> lines = input.lines().toList();
    List<Step> preparation = new ArrayList<>();
    List<List<String>> commands = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(COMMAND)) {
        commands.add(words(line.substring(COMMAND.length())));
      } else if (line.startsWith("@")) {
        StringBuilder content = new StringBuilder();
        while (i + 1 < lines.size() && !isDirective(lines.get(i + 1))) {
          content.append(lines.get(++i)).append('\n');
        }
        String[] parts = line.substring(1).split(" ", 2);
        preparation.add(new Step(parts[0], parts.length > 1 ? parts[1] : "", content.toString()));
      } else {
        throw new IllegalStateException("'" + lines.get(0) + "': no directive: " + line);
      }
    }
    return new BadInput(
        lines.get(0),
        preparation,
        commands,
        answer < 0 ? "" : section.substring(answer + 1).stripTrailing() + "\n",
        "== " + input + "\n");
  }

  private static boolean isDirective(String line) {
    return line.startsWith("@") || line.startsWith(COMMAND);
  }

  /** Words as a shell cuts them; single quotes keep blanks. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean open = false;
    for (char c : line.toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
        open = true;
      } else if (c == ' ' && !quoted) {
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
