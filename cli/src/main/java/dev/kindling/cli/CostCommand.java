package dev.kindling.cli;

import dev.kindling.cluster.cost.Cost;
import dev.kindling.cluster.cost.CostJson;
import dev.kindling.cluster.cost.CostPlan;
import dev.kindling.cluster.cost.CostText;
import dev.kindling.cluster.cost.PriceFile;
import dev.kindling.cluster.cost.PriceList;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling cost}: one plan, or now and then side by side, at the user's own prices. */
final class CostCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  private final Clock clock;

  CostCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Compare what clusters cost, at prices of your own.",
            """
            A plan is KEY=VALUE with commas between, or a file that 'kindling size --output json'
            wrote. One plan is priced, two are compared: now and then.

            The keys are machine, nodes, cores, memory, hours, runs, spot, rework and masters; the last
            five are options too, for plans that do not say them.
            """)
        .example(
            "Price a plan",
            "kindling cost --prices examples/cost/prices.yaml machine=own-16,nodes=4")
        .json("cost")
        .see("reference/cost.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("PLAN")
            .description("One plan, or two: now and then.")
            .build());
    spec.addOption(
        Arguments.text("--prices", "FILE", "The price file; see examples/cost/prices.yaml."));
    for (String key : CostPlans.COMMON) {
      spec.addOption(
          Arguments.text("--" + key, key.toUpperCase(java.util.Locale.ROOT), CostPlans.about(key)));
    }
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    LocalDate today = LocalDate.now(clock);
    PriceList prices = PriceFile.read(Path.of(file(args)), today);
    List<Cost> costs = plans(args).stream().map(plan -> Cost.of(plan, prices.of(plan))).toList();
    oneCurrency(costs);
    List<String> warnings = CostText.warnings(prices, costs, today);
    if (form == Form.JSON) {
      console
          .out()
          .println(JsonWriter.object(json -> CostJson.write(prices, costs, warnings, json)));
    } else {
      CostText.of(costs).forEach(console.out()::println);
      warnings.forEach(warning -> console.out().println("Warning: " + warning));
    }
    return 0;
  }

  private static String file(ParseResult args) {
    Optional<String> file = Arguments.text(args, "--prices");
    return file.orElseThrow(
        () ->
            new KindlingException(
                ErrorCode.USAGE,
                "Costs need prices, and Kindling knows none: --prices FILE. examples/cost/prices.yaml"
                    + " shows the form."));
  }

  private static List<CostPlan> plans(ParseResult args) {
    List<String> texts = args.matchedPositionalValue(0, List.of());
    if (texts.isEmpty() || texts.size() > 2) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Found %d plans (accepted: one, or two to compare), such as nodes=10,cores=16,memory=64g."
              .formatted(texts.size()));
    }
    CostPlans reader = new CostPlans(args);
    return texts.stream().map(reader::read).toList();
  }

  private static void oneCurrency(List<Cost> costs) {
    List<String> currencies =
        costs.stream().map(cost -> cost.price().currency()).distinct().toList();
    if (currencies.size() > 1) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot compare prices in %s: plans to compare need one currency."
              .formatted(String.join(" and ", currencies)));
    }
  }
}
