package dev.kindling.cluster.cost;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prices that a user keeps.
 *
 * @param file as the user named it, for messages
 * @param example whether the prices are made up to show the form
 * @param prices at least one
 */
public record PriceList(String file, boolean example, List<Price> prices) {
  public PriceList {
    prices = List.copyOf(prices);
  }

  /**
   * The price of a plan's machine: by its name, else by its size.
   *
   * @throws KindlingException USAGE when none fits, or several do
   */
  public Price of(CostPlan plan) {
    List<Price> found =
        prices.stream()
            .filter(
                price ->
                    plan.machine().isPresent()
                        ? price.name().equals(plan.machine().get())
                        : price.cores() == plan.cores() && price.memory() == plan.memory())
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String wanted =
        plan.machine()
            .map(name -> "machine '" + name + "'")
            .orElse(
                "machines of %d cores and %s"
                    .formatted(plan.cores(), ByteSize.show(plan.memory())));
    if (found.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Price file '%s' has no price for %s (it has: %s). Add it, or name another: machine=NAME."
              .formatted(
                  file,
                  wanted,
                  prices.stream().map(PriceList::shown).collect(Collectors.joining(", "))));
    }
    throw new KindlingException(
        ErrorCode.USAGE,
        "Price file '%s' has %d prices for %s: %s. Say which: machine=NAME."
            .formatted(
                file,
                found.size(),
                wanted,
                found.stream().map(Price::name).collect(Collectors.joining(", "))));
  }

  private static String shown(Price price) {
    return "%s with %d cores and %s"
        .formatted(price.name(), price.cores(), ByteSize.show(price.memory()));
  }
}
