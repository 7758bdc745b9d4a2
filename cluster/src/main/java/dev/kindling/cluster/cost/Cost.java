package dev.kindling.cluster.cost;

import dev.kindling.cluster.sizing.SpotMix;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * What a plan costs.
 *
 * @param hours how long a run takes, with what is done again
 * @param hour what all machines cost an hour
 * @param run what a run costs
 * @param month what a month's runs cost
 * @param onDemandRun what a run would cost if no node were spot
 * @param breakEven the part of the spot nodes' work that may be lost before spot costs more than it
 *     saves; empty without spot nodes
 */
public record Cost(
    CostPlan plan,
    Price price,
    SpotMix mix,
    BigDecimal hours,
    BigDecimal hour,
    BigDecimal run,
    BigDecimal month,
    BigDecimal onDemandRun,
    OptionalDouble breakEven) {
  private static final MathContext EXACT = MathContext.DECIMAL64;

  /**
   * The cost of a plan at a price.
   *
   * @throws KindlingException USAGE when the plan has spot nodes and the price has none
   */
  public static Cost of(CostPlan plan, Price price) {
    SpotMix mix = SpotMix.of(plan.nodes(), plan.spotShare());
    if (mix.spot() > 0 && price.spot().isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Price '%s' has no 'spot', and the plan has %d spot nodes. Add it, or plan with spot=0."
              .formatted(price.name(), mix.spot()));
    }
    BigDecimal stays = price.onDemand().add(price.fee());
    BigDecimal masters = stays.multiply(BigDecimal.valueOf(plan.masters()));
    BigDecimal hour =
        masters
            .add(stays.multiply(BigDecimal.valueOf(mix.onDemand())))
            .add(
                price
                    .spot()
                    .map(spot -> spot.add(price.fee()).multiply(BigDecimal.valueOf(mix.spot())))
                    .orElse(BigDecimal.ZERO));
    BigDecimal onDemandHour = masters.add(stays.multiply(BigDecimal.valueOf(mix.nodes())));
    BigDecimal spotPart =
        BigDecimal.valueOf(mix.spot()).divide(BigDecimal.valueOf(mix.nodes()), EXACT);
    BigDecimal planned = BigDecimal.valueOf(plan.hours());
    BigDecimal hours =
        planned.multiply(
            BigDecimal.ONE.add(BigDecimal.valueOf(plan.rework()).multiply(spotPart)), EXACT);
    BigDecimal run = hour.multiply(hours, EXACT);
    return new Cost(
        plan,
        price,
        mix,
        hours,
        hour,
        run,
        run.multiply(BigDecimal.valueOf(plan.runs()), EXACT),
        onDemandHour.multiply(planned, EXACT),
        breakEven(hour, onDemandHour, spotPart));
  }

  /** Where hour × (1 + lost × spotPart) = onDemandHour. */
  private static OptionalDouble breakEven(
      BigDecimal hour, BigDecimal onDemandHour, BigDecimal spotPart) {
    if (spotPart.signum() == 0 || hour.signum() == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        onDemandHour
            .divide(hour, EXACT)
            .subtract(BigDecimal.ONE)
            .divide(spotPart, EXACT)
            .doubleValue());
  }
}
