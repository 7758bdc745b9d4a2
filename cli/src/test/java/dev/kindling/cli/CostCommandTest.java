package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostCommandTest {
  @TempDir Path folder;

  private String prices;

  @BeforeEach
  void writePrices() throws IOException {
    prices =
        Data.text(
                folder.resolve("prices.yaml"),
                """
                example: true
                prices:
                  - { name: m, region: r, cores: 16, memory: 64g, currency: EUR, on_demand: 1.00,
                      spot: 0.35, fee: 0.10, date: 2026-01-15, source: nowhere }
                  - { name: d, region: r, cores: 8, memory: 32g, currency: USD, on_demand: 0.5,
                      date: 2026-01-15, source: nowhere }
                """)
            .toString();
  }

  private Result cost(String... more) {
    List<String> args = new ArrayList<>(List.of("cost", "--prices", prices));
    args.addAll(List.of(more));
    return Cli.launch(args.toArray(String[]::new));
  }

  @Test
  void showsNowAndThen() {
    Result result =
        cost(
            "--hours=2",
            "nodes=20,cores=16,memory=64g",
            "machine=m,nodes=10,hours=4,spot=0.7,rework=0.1");

    assertThat(result.errorOutput()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("1,320.00 EUR", "828.18 EUR", "-491.82 EUR (-37.3 %)")
        .contains("2026-01-15, r", "nowhere")
        .contains("are examples, made up to show the form");
  }

  @Test
  void takesWhatSizeWrote() throws IOException {
    Result size =
        Cli.launch("size", "--nodes", "10", "--cores", "16", "--memory", "64g", "--output", "json");
    Path sizing = Files.writeString(folder.resolve("sizing.json"), size.output());
    Result result = cost("--runs=10", sizing.toString(), "--output", "json");
    JsonNode plan = new ObjectMapper().readTree(result.output()).at("/plans/0");

    assertThat(result.errorOutput()).isEmpty();
    assertThat(plan.at("/price/name").asText()).isEqualTo("m");
    assertThat(plan.path("onDemandNodes").asInt()).isEqualTo(10);
    assertThat(plan.path("perMonth").decimalValue()).isEqualByComparingTo("110");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --hours=2                            | Found 0 plans
          machine=m,nodes=1 machine=m,nodes=2 machine=m,nodes=3 | Found 3 plans
          nodes=10                             | A plan must say its machine
          machine=m                            | Cannot use nodes=0 in a plan
          machine=m,nodes=1.5                  | Cannot read nodes '1.5'
          machine=m,nodes=ten                  | Cannot read nodes 'ten'
          machine=m,node=1                     | Did you mean 'nodes'?
          machine=m,nodes=1,nodes=2            | stands twice
          machine=x,nodes=1                    | has no price for machine 'x'
          nodes=1,cores=4,memory=1g            | has no price for machines of 4 cores and 1.0 GB
          machine=d,nodes=4,spot=0.5           | has no 'spot'
          machine=m,nodes=1 machine=d,nodes=1  | Cannot compare prices in EUR and USD
          machine=m,nodes=1 --spot=2           | Cannot use spot=2
          nowhere.json                         | is neither KEY=VALUE
          """)
  void namesWhatIsWrong(String options, String message) {
    Result result = cost(options.split(" "));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
    assertThat(result.errorOutput()).contains(message);
  }

  @Test
  void knowsNoPricesOfItsOwn() throws IOException {
    assertThat(Cli.launch("cost", "machine=m,nodes=1").errorOutput())
        .contains("Kindling knows none: --prices FILE");
    assertThat(cost(Data.text(folder.resolve("x.json"), "{}").toString()).errorOutput())
        .contains("is not what 'kindling size");
  }
}
