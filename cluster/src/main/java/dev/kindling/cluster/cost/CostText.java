package dev.kindling.cluster.cost;

import dev.kindling.model.ByteSize;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Costs as a table of text: one plan, or now and then side by side. */
public final class CostText {
  private static final int OLD_AFTER_DAYS = 180;
  private static final int LABEL = 24;

  private CostText() {}

  /**
   * The table.
   *
   * @param costs one, or two of one currency: now and then
   */
  public static List<String> of(List<Cost> costs) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    if (costs.size() > 1) {
      rows.put("", List.of("now", "then"));
    }
    rows().forEach((label, value) -> rows.put(label, costs.stream().map(value).toList()));
    if (costs.size() > 1) {
      rows.put("difference a month", List.of("", difference(costs.get(0), costs.get(1))));
    }
    int column =
        2 + rows.values().stream().mapToInt(values -> values.get(0).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    rows.forEach((label, values) -> lines.add(row(label, values, column)));
    return lines;
  }

  /** What a person should know before trusting the numbers. */
  public static List<String> warnings(PriceList list, List<Cost> costs, LocalDate today) {
    List<String> warnings = new ArrayList<>();
    if (list.example()) {
      warnings.add(
          "The prices of '%s' are examples, made up to show the form: put your own in."
              .formatted(list.file()));
    }
    for (Cost cost : costs) {
      long days = ChronoUnit.DAYS.between(cost.price().date(), today);
      if (days > OLD_AFTER_DAYS && !list.example()) {
        warnings.add(
            "The price of %s is %d days old: look it up again."
                .formatted(cost.price().name(), days));
      }
      if (cost.plan().overlaps()) {
        warnings.add(
            "%s runs of %s hours are more than a month has hours: several run at once."
                .formatted(plain(cost.plan().runs()), plain(cost.plan().hours())));
      }
    }
    return warnings.stream().distinct().toList();
  }

  private static Map<String, Function<Cost, String>> rows() {
    Map<String, Function<Cost, String>> rows = new LinkedHashMap<>();
    rows.put("machine", cost -> cost.price().name());
    rows.put(
        "  size", cost -> cost.price().cores() + " cores, " + ByteSize.show(cost.price().memory()));
    rows.put("  on demand an hour", cost -> money(cost.price().onDemand(), cost.price(), 4));
    rows.put(
        "  spot an hour",
        cost -> cost.price().spot().map(spot -> money(spot, cost.price(), 4)).orElse("none"));
    rows.put("  fee an hour", cost -> money(cost.price().fee(), cost.price(), 4));
    rows.put("  price of", cost -> cost.price().date() + ", " + cost.price().region());
    rows.put("  from", cost -> cost.price().source());
    rows.put("nodes", CostText::nodes);
    rows.put("hours a run", CostText::hours);
    rows.put("a run", cost -> money(cost.run(), cost.price(), 2));
    rows.put("  without spot", cost -> money(cost.onDemandRun(), cost.price(), 2));
    rows.put("  spot pays while less", CostText::breakEven);
    rows.put("runs a month", cost -> plain(cost.plan().runs()));
    rows.put("a month", cost -> money(cost.month(), cost.price(), 2));
    return rows;
  }

  private static String nodes(Cost cost) {
    String text = cost.mix().onDemand() + " on demand, " + cost.mix().spot() + " spot";
    return cost.plan().masters() == 0 ? text : text + ", " + cost.plan().masters() + " master";
  }

  private static String hours(Cost cost) {
    String hours = plain(cost.hours().setScale(3, RoundingMode.HALF_UP).doubleValue());
    return cost.hours().compareTo(BigDecimal.valueOf(cost.plan().hours())) == 0
        ? hours
        : "%s: %s and what is done again".formatted(hours, plain(cost.plan().hours()));
  }

  private static String breakEven(Cost cost) {
    return cost.breakEven().isPresent()
        ? String.format(
            Locale.ROOT, "than %.0f %% of its work is lost", cost.breakEven().getAsDouble() * 100)
        : "-";
  }

  private static String difference(Cost now, Cost then) {
    BigDecimal difference = then.month().subtract(now.month());
    String text = (difference.signum() > 0 ? "+" : "") + money(difference, now.price(), 2);
    return now.month().signum() == 0
        ? text
        : text
            + String.format(
                Locale.ROOT,
                " (%+.1f %%)",
                100 * difference.doubleValue() / now.month().doubleValue());
  }

  private static String money(BigDecimal amount, Price price, int digits) {
    BigDecimal rounded = amount.setScale(digits, RoundingMode.HALF_UP);
    return String.format(Locale.ROOT, "%,." + digits + "f %s", rounded, price.currency());
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String row(String label, List<String> values, int column) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + LABEL + "s", label));
    for (String value : values) {
      line.append(String.format(Locale.ROOT, "%-" + column + "s", value));
    }
    return line.toString().stripTrailing();
  }
}
