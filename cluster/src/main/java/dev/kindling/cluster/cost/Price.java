package dev.kindling.cluster.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a machine costs an hour, somewhere, at some time.
 *
 * @param name by which plans name it; unique in a price list
 * @param region where it holds
 * @param cores of the machine
 * @param memory of the machine, in bytes
 * @param currency in letters, such as EUR
 * @param onDemand an hour of a machine that stays
 * @param spot an hour of a machine that may be taken away; empty where there is none
 * @param fee what a service takes for each hour of a machine of either kind; 0 for none
 * @param date when somebody looked it up
 * @param source where
 */
public record Price(
    String name,
    String region,
    int cores,
    long memory,
    String currency,
    BigDecimal onDemand,
    Optional<BigDecimal> spot,
    BigDecimal fee,
    LocalDate date,
    String source) {
  public Price {
    requireNonNull(name, "name is null");
    requireNonNull(region, "region is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(onDemand, "onDemand is null");
    requireNonNull(spot, "spot is null");
    requireNonNull(fee, "fee is null");
    requireNonNull(date, "date is null");
    requireNonNull(source, "source is null");
  }
}
