package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.runtime.MemorySize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Options that several commands share: how they are declared and how they are read. */
final class Arguments {
  private Arguments() {}

  static OptionSpec engine() {
    return text("--engine", "ENGINE", "auto (default), embedded or spark.");
  }

  static OptionSpec memory() {
    return text("--memory", "SIZE", "Memory budget of the engine, such as 4g or 512m.");
  }

  static OptionSpec threads() {
    return text("--threads", "N", "Threads of the engine; default: all processors.");
  }

  static OptionSpec output(String forms) {
    return text("--output", "FORM", forms);
  }

  static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** An option that may be given more than once. */
  static OptionSpec texts(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  static Optional<String> text(ParseResult args, String name) {
    return Optional.ofNullable(args.matchedOptionValue(name, null));
  }

  static List<String> texts(ParseResult args, String name) {
    return args.matchedOptionValue(name, List.of());
  }

  /** The values of an option {@code NAME=VALUE}, in the order given. */
  static Map<String, String> pairs(ParseResult args, String option) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts(args, option)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new KindlingException(
            ErrorCode.USAGE, "Cannot read %s '%s': expected name=value.".formatted(option, text));
      }
      pairs.put(text.substring(0, equals).strip(), text.substring(equals + 1));
    }
    return pairs;
  }

  static Optional<Engine> engine(ParseResult args) {
    return text(args, "--engine").map(name -> choice("--engine", name, Engine.class));
  }

  /** The form that {@code --output} asks for. */
  static <E extends Enum<E>> E form(ParseResult args, Class<E> type, E otherwise) {
    return text(args, "--output").map(name -> choice("--output", name, type)).orElse(otherwise);
  }

  static <E extends Enum<E>> E choice(String option, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    List<String> accepted =
        List.of(type.getEnumConstants()).stream()
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    throw new KindlingException(
        ErrorCode.USAGE,
        "Unknown value '%s' of %s (accepted: %s).%s"
            .formatted(
                text,
                option,
                String.join(", ", accepted),
                Suggestions.closest(text, accepted)
                    .map(near -> " Did you mean '" + near + "'?")
                    .orElse("")));
  }

  static OptionalLong memory(ParseResult args) {
    return memory(args, "--memory");
  }

  /** A size of memory of an option of another name. */
  static OptionalLong memory(ParseResult args, String option) {
    Optional<String> text = text(args, option);
    return text.isPresent()
        ? OptionalLong.of(MemorySize.parse(text.get(), option))
        : OptionalLong.empty();
  }

  static OptionalInt threads(ParseResult args) {
    OptionalLong number = number(args, "--threads", 1, 1024);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  static OptionalLong number(ParseResult args, String option, long least, long most) {
    Optional<String> text = text(args, option);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(text.get().strip());
      if (value >= least && value <= most) {
        return OptionalLong.of(value);
      }
    } catch (NumberFormatException e) {
      // The message below is the same for a text and for a number out of range.
    }
    throw new KindlingException(
        ErrorCode.USAGE,
        "Cannot read %s '%s': expected a whole number from %d%s."
            .formatted(option, text.get(), least, most == Long.MAX_VALUE ? " on" : " to " + most));
  }
}
