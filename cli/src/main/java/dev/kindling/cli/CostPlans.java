package dev.kindling.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cluster.cost.CostPlan;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Reads plans from the command line, each with the options that hold for all. */
final class CostPlans {
  /** Keys that are options too. */
  static final List<String> COMMON = List.of("hours", "runs", "spot", "rework", "masters");

  /** All keys of a plan. */
  static final List<String> KEYS =
      List.of("machine", "nodes", "cores", "memory", "hours", "runs", "spot", "rework", "masters");

  private static final List<String> WHOLE = List.of("nodes", "cores", "masters");

  private final ParseResult args;

  CostPlans(ParseResult args) {
    this.args = args;
  }

  static String about(String key) {
    return switch (key) {
      case "hours" -> "Hours that a run takes; default 1.";
      case "runs" -> "Runs a month; default 30.";
      case "spot" -> "Share of nodes that are spot, 0 to 1; default 0.";
      case "rework" -> "Share of the spot nodes' work that is lost and done again; default 0.05.";
      case "masters" -> "Machines beside the nodes that hold a master; default 0.";
      default -> throw new IllegalArgumentException(key);
    };
  }

  /** The plan in a word: a file of {@code size --output json}, or keys and values. */
  CostPlan read(String word) {
    return plan(word.contains("=") ? pairs(word) : file(Path.of(word)));
  }

  private static Map<String, String> pairs(String word) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : word.split(",", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair.strip() : pair.substring(0, equals).strip();
      if (equals < 0 || !KEYS.contains(key)) {
        throw new KindlingException(
            ErrorCode.USAGE,
            "Cannot read '%s' in plan '%s' (accepted: %s, each with =VALUE).%s"
                .formatted(
                    pair,
                    word,
                    String.join(", ", KEYS),
                    Suggestions.closest(key, KEYS)
                        .filter(near -> !near.equals(key))
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse("")));
      }
      if (pairs.put(key, pair.substring(equals + 1).strip()) != null) {
        throw new KindlingException(
            ErrorCode.USAGE, "Key '%s' stands twice in plan '%s'.".formatted(key, word));
      }
    }
    return pairs;
  }

  private static Map<String, String> file(Path path) {
    try {
      JsonNode request = new ObjectMapper().readTree(Files.readAllBytes(path)).path("request");
      if (!request.path("nodes").isInt()) {
        throw notASizing(path);
      }
      return Map.of(
          "nodes", request.path("nodes").asText(),
          "cores", request.path("coresPerNode").asText(),
          "memory", request.path("memoryPerNode").asText());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw notASizing(path);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "Plan '%s' is neither KEY=VALUE with commas between, such as nodes=10,cores=16,memory=64g, nor a file that can be read."
              .formatted(path),
          e);
    }
  }

  private static KindlingException notASizing(Path path) {
    return new KindlingException(
        ErrorCode.USAGE,
        "File '%s' is not what 'kindling size --nodes … --output json' writes.".formatted(path));
  }

  private CostPlan plan(Map<String, String> keys) {
    return new CostPlan(
        Optional.ofNullable(keys.get("machine")),
        (int) number(keys, "nodes", 0),
        (int) number(keys, "cores", 0),
        keys.containsKey("memory") ? ByteSize.parse(keys.get("memory"), "memory of a plan") : 0,
        (int) number(keys, "masters", 0),
        number(keys, "hours", 1),
        number(keys, "runs", 30),
        number(keys, "spot", 0),
        number(keys, "rework", 0.05));
  }

  /** A value of the plan, else of the option, else this. */
  private double number(Map<String, String> keys, String key, double usual) {
    Optional<String> text =
        Optional.ofNullable(keys.get(key))
            .or(() -> COMMON.contains(key) ? Arguments.text(args, "--" + key) : Optional.empty());
    if (text.isEmpty()) {
      return usual;
    }
    try {
      double number = Double.parseDouble(text.get().strip());
      if (!WHOLE.contains(key) || number == Math.rint(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below is the same for a text and for a part of a node.
    }
    throw new KindlingException(
        ErrorCode.USAGE,
        "Cannot read %s '%s' of a plan: expected a number.".formatted(key, text.get()));
  }
}
