package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final String FILE =
      """
      pipeline: p
      tables:
        orders: { sql: SELECT 1 AS id, tags: source }
        customers: { sql: SELECT 1 AS id, tags: [source, daily] }
        clean: { sql: SELECT * FROM orders }
        Revenue: { sql: SELECT * FROM clean JOIN customers USING (id), tags: daily }
        out_a: { sql: SELECT * FROM revenue }
        out_b: { sql: SELECT * FROM clean }
      """;
  private static final Map<String, Set<String>> READS =
      Map.of(
          "clean", Set.of("orders"),
          "revenue", Set.of("clean", "customers"),
          "out_a", Set.of("revenue"),
          "out_b", Set.of("clean"));

  @TempDir Path folder;

  private List<Table> tables() throws IOException {
    Path file = Files.writeString(folder.resolve("kindling.yaml"), FILE);
    return PipelineReader.read(file, Map.of()).pipeline().orElseThrow().tables();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clean | clean",
        "REVENUE | revenue",
        "+revenue | clean customers orders revenue",
        "clean+ | clean out_a out_b revenue",
        "+clean+ | clean orders out_a out_b revenue",
        "tag:daily | customers revenue",
        "+tag:daily | clean customers orders revenue",
        "tag:sour* | customers orders",
        "out_* | out_a out_b",
        "*a* | clean out_a",
        "clean, out_b | clean out_b",
        "* | clean customers orders out_a out_b revenue"
      })
  void selects(String selection, String expected) throws IOException {
    assertThat(Selection.parse(List.of(selection)).of(tables(), READS))
        .containsExactlyInAnyOrder(expected.split(" "));
  }

  @Test
  void whatSelectsNothingIsToldAtOnce() {
    assertThatThrownBy(
            () -> Selection.parse(List.of("clen,x_*", "tag:dayly", "orders")).of(tables(), READS))
        .isInstanceOf(KindlingException.class)
        .hasMessage(
            """
            --select names the unknown table 'clen' (accepted: orders, customers, clean, Revenue, \
            out_a, out_b). Did you mean 'clean'?
            --select finds no table like 'x_*' (accepted: orders, customers, clean, Revenue, out_a, \
            out_b).
            --select names the unknown tag 'dayly' (accepted: daily, source). Did you mean 'daily'?""");
    assertThatThrownBy(() -> Selection.parse(List.of("clean,,orders")))
        .hasMessageStartingWith("Cannot read --select 'clean,,orders': a name is missing");
    assertThatThrownBy(() -> Selection.parse(List.of("+")))
        .hasMessageStartingWith("Cannot read --select '+': a name is missing");
  }
}
