package dev.kindling.cluster.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindling.cluster.sizing.SpotMix;
import dev.kindling.model.ByteSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 15);

  static Price price(String name, String onDemand, Optional<String> spot, String fee) {
    return new Price(
        name,
        "r",
        16,
        64 * ByteSize.GIB,
        "EUR",
        new BigDecimal(onDemand),
        spot.map(BigDecimal::new),
        new BigDecimal(fee),
        DAY,
        "s");
  }

  static CostPlan plan(int nodes, double hours, double spot, double rework) {
    return new CostPlan(Optional.empty(), nodes, 16, 64 * ByteSize.GIB, 0, hours, 30, spot, rework);
  }

  @Test
  void nodesOnDemandCostTheirHours() {
    Cost cost = Cost.of(plan(20, 2, 0, 0.5), price("a", "1.00", Optional.empty(), "0.10"));

    assertThat(cost.hour()).isEqualByComparingTo("22.00");
    assertThat(cost.hours()).isEqualByComparingTo("2");
    assertThat(cost.run()).isEqualByComparingTo("44.00");
    assertThat(cost.month()).isEqualByComparingTo("1320.00");
    assertThat(cost.onDemandRun()).isEqualByComparingTo(cost.run());
    assertThat(cost.breakEven()).isEmpty();
  }

  @Test
  void spotNodesAreCheaperAndRunLonger() {
    // 3 × 1.10 + 7 × 0.45 = 6.45 an hour; 4 h × (1 + 0.1 × 0.7) = 4.28 h.
    Cost cost = Cost.of(plan(10, 4, 0.7, 0.1), price("a", "1.00", Optional.of("0.35"), "0.10"));

    assertThat(cost.mix()).isEqualTo(new SpotMix(3, 7));
    assertThat(cost.hour()).isEqualByComparingTo("6.45");
    assertThat(cost.hours()).isEqualByComparingTo("4.28");
    assertThat(cost.run()).isEqualByComparingTo("27.606");
    assertThat(cost.onDemandRun()).isEqualByComparingTo("44.00");
  }

  @Test
  void atTheBreakEvenSpotCostsWhatItSaves() {
    Price price = price("a", "1.00", Optional.of("0.80"), "0.10");
    double lost = Cost.of(plan(10, 4, 0.5, 0), price).breakEven().orElseThrow();
    Cost there = Cost.of(plan(10, 4, 0.5, lost), price);

    assertThat(lost).isBetween(0.0, 1.0);
    assertThat(there.run().doubleValue())
        .isCloseTo(there.onDemandRun().doubleValue(), within(1e-9));
  }

  @Test
  void mastersAreOnDemand() {
    CostPlan plan = new CostPlan(Optional.of("a"), 2, 0, 0, 1, 1, 1, 0.5, 0);

    assertThat(Cost.of(plan, price("a", "1", Optional.of("0.5"), "0")).hour())
        .isEqualByComparingTo("2.5");
  }

  @ParameterizedTest
  @CsvSource({"10, 0, 10, 0", "10, 0.7, 3, 7", "10, 1, 1, 9", "1, 1, 1, 0", "3, 0.5, 2, 1"})
  void oneNodeStays(int nodes, double share, int onDemand, int spot) {
    assertThat(SpotMix.of(nodes, share)).isEqualTo(new SpotMix(onDemand, spot));
  }

  @Test
  void spotNeedsAPrice() {
    assertThatThrownBy(() -> Cost.of(plan(4, 1, 0.5, 0), price("a", "1", Optional.empty(), "0")))
        .hasMessage(
            "Price 'a' has no 'spot', and the plan has 2 spot nodes. Add it, or plan with spot=0.");
  }

  @Test
  void machinesAreFoundByNameOrSize() {
    PriceList list =
        new PriceList(
            "p.yaml",
            false,
            List.of(
                price("a", "1", Optional.empty(), "0"), price("b", "2", Optional.empty(), "0")));

    assertThat(list.of(new CostPlan(Optional.of("b"), 1, 0, 0, 0, 1, 1, 0, 0)).onDemand())
        .isEqualByComparingTo("2");
    assertThatThrownBy(() -> list.of(plan(1, 1, 0, 0)))
        .hasMessageContaining("has 2 prices for machines of 16 cores and 64 GB: a, b. Say which");
    assertThatThrownBy(() -> list.of(new CostPlan(Optional.of("c"), 1, 0, 0, 0, 1, 1, 0, 0)))
        .hasMessageContaining("has no price for machine 'c' (it has: a with 16 cores and 64 GB");
  }

  @Test
  void tableShowsNowAndThen() {
    Price price = price("a", "1.00", Optional.of("0.35"), "0.10");
    List<Cost> costs =
        List.of(Cost.of(plan(20, 2, 0, 0), price), Cost.of(plan(10, 4, 0.7, 0.1), price));
    String table = String.join("\n", CostText.of(costs));

    assertThat(table)
        .contains("now", "then", "20 on demand, 0 spot", "3 on demand, 7 spot")
        .contains("1,320.00 EUR")
        .contains("828.18 EUR")
        .contains("-491.82 EUR (-37.3 %)");
  }

  @Test
  void warnsOfOldAndOfExamplePrices() {
    PriceList list = new PriceList("p.yaml", false, List.of());
    List<Cost> costs = List.of(Cost.of(plan(1, 30, 0, 0), price("a", "1", Optional.empty(), "0")));

    assertThat(CostText.warnings(list, costs, DAY.plusDays(181)))
        .containsExactly(
            "The price of a is 181 days old: look it up again.",
            "30 runs of 30 hours are more than a month has hours: several run at once.");
    assertThat(CostText.warnings(new PriceList("p.yaml", true, List.of()), List.of(), DAY))
        .containsExactly(
            "The prices of 'p.yaml' are examples, made up to show the form: put your own in.");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 0, nodes=0",
    "1, 0, 0, 0, hours=0",
    "1, 1, 1.5, 0, spot=1.5",
    "1, 1, 0, -1, rework=-1",
    "1, NaN, 0, 0, hours=NaN"
  })
  void refusesPlansThatCannotBe(int nodes, double hours, double spot, double rework, String what) {
    assertThatThrownBy(() -> plan(nodes, hours, spot, rework))
        .hasMessageContaining("Cannot use " + what + " in a plan (accepted: ");
  }
}
