package dev.kindling.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.translate.RuleSwitch;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzerTest {
  @TempDir Path folder;

  @AfterEach
  void restoreRules() {
    RuleSwitch.restore();
  }

  @Test
  void aSeedAlwaysGivesTheSameQueries() {
    assertThat(texts(5)).isEqualTo(texts(5)).isNotEqualTo(texts(6));
  }

  private static List<String> texts(long seed) {
    QueryGenerator generator =
        new QueryGenerator(new Random(seed), new Data(new Random(seed)).tables());
    return IntStream.range(0, 50).mapToObj(i -> generator.packed().sql()).toList();
  }

  @Test
  void shrinksAQueryToWhatMatters() {
    QueryGenerator generator = new QueryGenerator(new Random(3), new Data(new Random(3)).tables());
    Query query = generator.packed();
    while (!query.sql().contains("upper(")) {
      query = generator.packed();
    }
    Query shrunk = new Shrinker(q -> q.sql().contains("upper("), 2000).shrink(query);
    assertThat(shrunk.sql().length()).isLessThan(80);
  }

  @Test
  @Tag("slow")
  void randomQueriesGiveSparksRows() {
    assertEqual(1, 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  @Tag("suite")
  void manyRandomQueriesGiveSparksRows(long seed) {
    assertEqual(seed, 150);
  }

  private void assertEqual(long seed, int queries) {
    try (Fuzzer fuzzer = new Fuzzer(seed, folder, System.err::println)) {
      FuzzReport report = fuzzer.run(queries);
      System.out.print(report.text(false));
      assertThat(report.differences()).isEmpty();
      assertThat(report.provesSomething()).isTrue();
    }
  }

  @Test
  @Tag("suite")
  void findsABrokenRuleAndShrinksTheQuery() {
    RuleSwitch.breakNullSafeEquality();
    try (Fuzzer fuzzer = new Fuzzer(2, folder, System.err::println).stopAtFirst()) {
      List<Difference> differences = fuzzer.run(2000).differences();
      assertThat(differences).hasSize(1);
      // All of them are the same operator.
      assertThat(differences.get(0).shrunk())
          .containsAnyOf("<=>", "IS TRUE", "equal_null(")
          .hasSizeLessThan(200);
    }
  }
}
