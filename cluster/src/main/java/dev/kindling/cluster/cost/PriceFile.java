package dev.kindling.cluster.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a price file, a YAML file that the user edits, and finds all its problems at once. */
public final class PriceFile {
  private static final List<String> KEYS = List.of("example", "prices");
  private static final List<String> PRICE_KEYS =
      List.of(
          "name",
          "region",
          "cores",
          "memory",
          "currency",
          "on_demand",
          "spot",
          "fee",
          "date",
          "source");

  private final List<String> problems = new ArrayList<>();
  private final LocalDate today;

  private PriceFile(LocalDate today) {
    this.today = today;
  }

  /**
   * Reads a file.
   *
   * @param today prices from after this day are mistakes
   * @throws KindlingException FILE_NOT_FOUND, FILE_ACCESS, or USAGE with all problems of the file
   */
  public static PriceList read(Path file, LocalDate today) {
    try {
      return new PriceFile(today)
          .list(file, new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "Price file '%s' does not exist. Copy examples/cost/prices.yaml and put your prices in."
              .formatted(file),
          e);
    } catch (JsonProcessingException e) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Price file '%s' is not YAML: line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read price file '%s': %s".formatted(file, e), e);
    }
  }

  private PriceList list(Path file, JsonNode root) {
    List<Price> prices = new ArrayList<>();
    unknownKeys(root, KEYS, "the file");
    JsonNode entries = root.path("prices");
    if (!entries.isArray() || entries.isEmpty()) {
      problems.add("'prices' must be a list of prices, one at least");
    }
    Set<String> names = new HashSet<>();
    int number = 0;
    for (JsonNode entry : entries) {
      number++;
      String where = "price " + number;
      Optional<Price> price = price(entry, where);
      if (price.isPresent()) {
        prices.add(price.get());
        if (!names.add(price.get().name())) {
          problems.add("%s: the name '%s' stands twice".formatted(where, price.get().name()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Price file '%s' has mistakes:%n  %s"
              .formatted(file, String.join(System.lineSeparator() + "  ", problems)));
    }
    return new PriceList(file.toString(), root.path("example").asBoolean(), prices);
  }

  private Optional<Price> price(JsonNode entry, String where) {
    int before = problems.size();
    unknownKeys(entry, PRICE_KEYS, where);
    String name = text(entry, "name", where);
    String region = text(entry, "region", where);
    int cores = entry.path("cores").asInt();
    if (cores < 1) {
      problems.add(where + ": 'cores' must be a whole number from 1 on");
    }
    long memory = memory(entry, where);
    String currency = text(entry, "currency", where);
    Optional<BigDecimal> onDemand = amount(entry, "on_demand", where);
    if (!entry.has("on_demand")) {
      problems.add(where + ": 'on_demand' is missing (accepted: an amount an hour)");
    }
    Optional<BigDecimal> spot = amount(entry, "spot", where);
    Optional<BigDecimal> fee = amount(entry, "fee", where);
    LocalDate date = date(entry, where);
    String source = text(entry, "source", where);
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(
            new Price(
                name,
                region,
                cores,
                memory,
                currency,
                onDemand.orElseThrow(),
                spot,
                fee.orElse(BigDecimal.ZERO),
                date,
                source));
  }

  private void unknownKeys(JsonNode node, List<String> known, String where) {
    if (!node.isObject()) {
      problems.add(where + " must be a mapping of " + String.join(", ", known));
      return;
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                problems.add(
                    "%s: unknown key '%s' (accepted: %s)"
                        .formatted(where, key, String.join(", ", known)));
              }
            });
  }

  private String text(JsonNode entry, String key, String where) {
    String text = entry.path(key).asText("").strip();
    if (text.isEmpty()) {
      problems.add("%s: '%s' is missing".formatted(where, key));
    }
    return text;
  }

  private long memory(JsonNode entry, String where) {
    String text = text(entry, "memory", where);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return ByteSize.parse(text, "'memory'");
    } catch (KindlingException e) {
      problems.add(where + ": " + e.getMessage());
      return 0;
    }
  }

  private Optional<BigDecimal> amount(JsonNode entry, String key, String where) {
    if (!entry.has(key)) {
      return Optional.empty();
    }
    try {
      BigDecimal amount = new BigDecimal(entry.path(key).asText().strip());
      if (amount.signum() >= 0) {
        return Optional.of(amount);
      }
    } catch (NumberFormatException e) {
      // The message below is the same for a text and for an amount below zero.
    }
    problems.add(
        "%s: '%s' must be an amount an hour, such as 0.85, found '%s'"
            .formatted(where, key, entry.path(key).asText()));
    return Optional.empty();
  }

  private LocalDate date(JsonNode entry, String where) {
    String text = text(entry, "date", where);
    try {
      LocalDate date = LocalDate.parse(text);
      if (date.isAfter(today)) {
        problems.add("%s: 'date' is %s, after today".formatted(where, date));
      }
      return date;
    } catch (DateTimeParseException e) {
      if (!text.isEmpty()) {
        problems.add(
            "%s: 'date' must be a day such as 2026-01-31, found '%s'".formatted(where, text));
      }
      return today;
    }
  }
}
