package dev.kindling.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.runtime.pipeline.TestOutcome.RowDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowMatchTest {
  private static List<Optional<String>> row(String... cells) {
    return Arrays.stream(cells).map(Optional::ofNullable).toList();
  }

  private static List<RowDifference> inAnyOrder(
      List<List<Optional<String>>> expected, List<List<Optional<String>>> found, Integer... near) {
    return new RowMatch(expected, found, Set.of(near)).inAnyOrder();
  }

  @Test
  void rowsCountAsOftenAsTheyOccur() {
    List<RowDifference> differences =
        inAnyOrder(List.of(row("a"), row("a"), row("b")), List.of(row("a"), row("b"), row("b")));

    // One row is left on each side, so that they are told as one that differs.
    assertThat(differences)
        .containsExactly(new RowDifference(2, Optional.of(row("a")), Optional.of(row("b"))));
  }

  @Test
  void nullEmptyAndTheWordAreThreeValues() {
    List<List<Optional<String>>> values = List.of(row((String) null), row(""), row("NULL"));

    assertThat(inAnyOrder(values, values)).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(inAnyOrder(List.of(values.get(i)), List.of(values.get((i + 1) % 3)))).hasSize(1);
    }
  }

  @Test
  void likeRowsArePairedAndOthersAreNot() {
    List<RowDifference> differences =
        inAnyOrder(
            List.of(row("1", "a", "x"), row("2", "b", "y")),
            List.of(row("9", "z", "z"), row("2", "b", "CHANGED")));

    assertThat(differences)
        .containsExactly(
            new RowDifference(1, Optional.of(row("1", "a", "x")), Optional.empty()),
            new RowDifference(
                2, Optional.of(row("2", "b", "y")), Optional.of(row("2", "b", "CHANGED"))),
            new RowDifference(1, Optional.empty(), Optional.of(row("9", "z", "z"))));
  }

  @Test
  void lastDigitsOfSumsMayDifferAndNothingElse() {
    List<List<Optional<String>>> found =
        List.of(row("0.30000000000000004", "[0.1,0.30000000000000004]"));

    assertThat(inAnyOrder(List.of(row("0.3", "[0.1,0.3]")), found, 0, 1)).isEmpty();
    assertThat(inAnyOrder(List.of(row("0.3", "[0.1,0.3]")), found, 0)).hasSize(1);
    assertThat(inAnyOrder(List.of(row("0.3001", "[0.1,0.3]")), found, 0, 1)).hasSize(1);
    assertThat(inAnyOrder(List.of(row(null, "[0.1,0.3]")), found, 0, 1)).hasSize(1);
    assertThat(inAnyOrder(List.of(row("NaN")), List.of(row("NaN")), 0)).isEmpty();
    assertThat(inAnyOrder(List.of(row("NaN")), List.of(row("0.0")), 0)).hasSize(1);
  }

  @Test
  void orderCountsWhereItIsAskedFor() {
    List<List<Optional<String>>> rows = List.of(row("a"), row("b"), row("c"));
    List<List<Optional<String>>> other = List.of(row("b"), row("a"), row("c"), row("d"));

    assertThat(new RowMatch(rows, rows, Set.of()).inOrder()).isEmpty();
    assertThat(new RowMatch(rows, other, Set.of()).inOrder())
        .containsExactly(
            new RowDifference(1, Optional.of(row("a")), Optional.of(row("b"))),
            new RowDifference(2, Optional.of(row("b")), Optional.of(row("a"))),
            new RowDifference(4, Optional.empty(), Optional.of(row("d"))));
    assertThat(new RowMatch(other, rows, Set.of()).inOrder()).hasSize(3);
  }

  @Test
  void shuffledRowsAreTheSameAndChangedOnesAreFound() {
    long seed = System.nanoTime();
    System.out.println("RowMatchTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<List<Optional<String>>> expected = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        String second = random.nextInt(4) == 0 ? null : Integer.toString(random.nextInt(3));
        expected.add(row(Integer.toString(random.nextInt(3)), second));
      }
      List<List<Optional<String>>> found = new ArrayList<>(expected);
      Collections.shuffle(found, random);
      assertThat(inAnyOrder(expected, found)).as("seed %d", seed).isEmpty();
      found.set(random.nextInt(count), row("changed", "changed"));
      assertThat(inAnyOrder(expected, found)).as("seed %d", seed).isNotEmpty();
    }
  }
}
