package dev.kindling.cluster.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceFileTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("prices.yaml"), yaml);
  }

  @Test
  void readsTheExampleWhichSaysThatItIsOne() {
    PriceList list = PriceFile.read(Path.of("../examples/cost/prices.yaml"), TODAY);

    assertThat(list.example()).isTrue();
    assertThat(list.prices()).extracting(Price::name).contains("general-16", "own-16");
    assertThat(list.prices().get(0).memory()).isEqualTo(64 * ByteSize.GIB);
    assertThat(list.prices().get(0).onDemand()).isEqualByComparingTo("1.00");
    assertThat(list.prices().get(2).spot()).isEmpty();
    assertThat(list.prices()).allMatch(price -> price.source().startsWith("made up"));
  }

  @Test
  void findsAllMistakesAtOnce() throws IOException {
    Path file =
        file(
            """
            prises: 1
            prices:
              - { name: a, region: r, cores: 16, memory: 64g, currency: EUR, on_demand: dear,
                  date: 2026-01-15, source: s }
              - { name: b, cores: 0, memory: lots, on_demand: -1, spot: x, date: tomorrow, sauce: s }
              - { name: c, region: r, cores: 1, memory: 1g, currency: EUR, date: 2027-01-01, source: s }
              - 7
              - { name: d, region: r, cores: 1, memory: 1g, currency: EUR, on_demand: 1, date: 2026-01-01, source: s }
              - { name: d, region: r, cores: 1, memory: 1g, currency: EUR, on_demand: 1, date: 2026-01-01, source: s }
            """);

    assertThatThrownBy(() -> PriceFile.read(file, TODAY))
        .hasMessageContaining("the file: unknown key 'prises' (accepted: example, prices)")
        .hasMessageContaining(
            "price 1: 'on_demand' must be an amount an hour, such as 0.85, found 'dear'")
        .hasMessageContaining("price 2: unknown key 'sauce'")
        .hasMessageContaining("price 2: 'region' is missing")
        .hasMessageContaining("price 2: 'cores' must be a whole number")
        .hasMessageContaining("price 2: Cannot read 'memory' 'lots'")
        .hasMessageContaining("price 2: 'on_demand' must be an amount")
        .hasMessageContaining("price 2: 'spot' must be an amount")
        .hasMessageContaining("price 2: 'date' must be a day such as 2026-01-31, found 'tomorrow'")
        .hasMessageContaining("price 2: 'source' is missing")
        .hasMessageContaining("price 3: 'on_demand' is missing")
        .hasMessageContaining("price 3: 'date' is 2027-01-01, after today")
        .hasMessageContaining("price 4 must be a mapping")
        .hasMessageContaining("price 6: the name 'd' stands twice");
  }

  @Test
  void saysWhatIsWrongWithTheFileItself() throws IOException {
    assertThatThrownBy(() -> PriceFile.read(folder.resolve("no.yaml"), TODAY))
        .hasMessageContaining("does not exist. Copy examples/cost/prices.yaml");
    assertThatThrownBy(() -> PriceFile.read(file("prices: [\n"), TODAY))
        .hasMessageContaining("is not YAML: line ");
    assertThatThrownBy(() -> PriceFile.read(file("prices: []\n"), TODAY))
        .hasMessageContaining("'prices' must be a list of prices, one at least");
    assertThatThrownBy(() -> PriceFile.read(file(""), TODAY))
        .hasMessageContaining("'prices' must be a list");
  }
}
