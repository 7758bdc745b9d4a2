package dev.kindling.testkit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code signatures.txt} says about functions, operators and clauses. */
final class Signatures {
  /** Where a signature may be used. */
  enum Role {
    SCALAR,
    AGGREGATE,
    WINDOW
  }

  /** A piece of a signature's text. */
  sealed interface Part {}

  record Text(String text) implements Part {}

  /** An argument of a kind or of a variable's kind. */
  record Argument(String kind) implements Part {}

  record Number(int least, int most) implements Part {}

  record Choice(List<String> texts) implements Part {}

  /** The SQL type of a variable's kind. */
  record TypeOf(String variable) implements Part {}

  /** The inside of an OVER clause. */
  record Over(String form) implements Part {}

  /**
   * One line of the file.
   *
   * @param line the line itself, which identifies it
   * @param result a kind or a variable
   * @param raises whether it may raise in ANSI mode on ordinary data
   */
  record Signature(String line, Role role, String result, boolean raises, List<Part> parts) {
    Signature {
      parts = List.copyOf(parts);
    }

    boolean isGeneric() {
      return DOMAINS.containsKey(result);
    }
  }

  /** What each variable may stand for. */
  static final Map<String, List<Kind>> DOMAINS =
      Map.of(
          "T", Kind.ATOMIC,
          "X", Kind.ATOMIC.stream().filter(kind -> !kind.isFloating()).toList(),
          "N", Kind.NUMERIC,
          "I", Kind.INTEGRAL,
          "E", join(Kind.ATOMIC, Kind.NESTED));

  private static final Pattern PLACE =
      Pattern.compile("\\{(?:#(-?\\d+)\\.\\.(-?\\d+)|\\?([^}]*)|:([A-Z]+)|@(\\w+)|([A-Z]+))\\}");

  private Signatures() {}

  private static List<Kind> join(List<Kind> first, List<Kind> second) {
    List<Kind> both = new ArrayList<>(first);
    both.addAll(second);
    return List.copyOf(both);
  }

  static List<Signature> read() {
    List<Signature> signatures = new ArrayList<>();
    try (InputStream file = Signatures.class.getResourceAsStream("signatures.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          signatures.add(parse(line.strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(signatures);
  }

  private static Signature parse(String line) {
    String[] sides = line.split(" <- ", 2);
    if (sides.length != 2) {
      throw new IllegalArgumentException("a line without '<-': " + line);
    }
    boolean raises = sides[0].startsWith("!");
    String head = raises ? sides[0].substring(1) : sides[0];
    Role role =
        head.startsWith("agg ")
            ? Role.AGGREGATE
            : head.startsWith("win ") ? Role.WINDOW : Role.SCALAR;
    String result = role == Role.SCALAR ? head : head.substring(4);
    if (!DOMAINS.containsKey(result)) {
      Kind.valueOf(result);
    }
    return new Signature(line, role, result, raises, parts(sides[1]));
  }

  /** The parts of a text with places. */
  static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    int at = 0;
    while (place.find()) {
      if (place.start() > at) {
        parts.add(new Text(text.substring(at, place.start())));
      }
      if (place.group(1) != null) {
        parts.add(new Number(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2))));
      } else if (place.group(3) != null) {
        parts.add(new Choice(List.of(place.group(3).split("\\|", -1))));
      } else if (place.group(4) != null) {
        parts.add(new TypeOf(place.group(4)));
      } else if (place.group(5) != null) {
        parts.add(new Over(place.group(5)));
      } else {
        parts.add(new Argument(place.group(6)));
      }
      at = place.end();
    }
    if (at < text.length()) {
      parts.add(new Text(text.substring(at)));
    }
    return parts;
  }
}
