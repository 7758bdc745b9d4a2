package dev.kindling.model.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowMatchTest {
  private static List<Optional<String>> row(String... cells) {
    return Arrays.stream(cells).map(Optional::ofNullable).toList();
  }

  private static List<RowDifference<Optional<String>>> inAnyOrder(
      List<List<Optional<String>>> expected, List<List<Optional<String>>> found) {
    return new RowMatch<>(expected, found, Sameness.exact()).inAnyOrder();
  }

  @Test
  void rowsCountAsOftenAsTheyOccur() {
    List<RowDifference<Optional<String>>> differences =
        inAnyOrder(List.of(row("a"), row("a"), row("b")), List.of(row("a"), row("b"), row("b")));

    // One row is left on each side, so that they are told as one that differs.
    assertThat(differences)
        .containsExactly(new RowDifference<>(2, Optional.of(row("a")), Optional.of(row("b"))));
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
    List<RowDifference<Optional<String>>> differences =
        inAnyOrder(
            List.of(row("1", "a", "x"), row("2", "b", "y")),
            List.of(row("9", "z", "z"), row("2", "b", "CHANGED")));

    assertThat(differences)
        .containsExactly(
            new RowDifference<>(1, Optional.of(row("1", "a", "x")), Optional.empty()),
            new RowDifference<>(
                2, Optional.of(row("2", "b", "y")), Optional.of(row("2", "b", "CHANGED"))),
            new RowDifference<>(1, Optional.empty(), Optional.of(row("9", "z", "z"))));
  }

  @Test
  void cellsThatAreLikeEnoughAreTheSameInTheirColumnOnly() {
    Sameness<Optional<String>> secondWithoutCase =
        new Sameness<>() {
          @Override
          public boolean isExact(int column) {
            return column != 1;
          }

          @Override
          public boolean isSame(Optional<String> expected, Optional<String> found, int column) {
            return expected.isPresent()
                && found.isPresent()
                && expected.get().equalsIgnoreCase(found.get());
          }
        };
    List<List<Optional<String>>> expected = List.of(row("a", "x"), row("b", null));

    assertThat(
            new RowMatch<>(expected, List.of(row("b", null), row("a", "X")), secondWithoutCase)
                .inAnyOrder())
        .isEmpty();
    assertThat(
            new RowMatch<>(expected, List.of(row("A", "X"), row("b", "")), secondWithoutCase)
                .inAnyOrder())
        .hasSize(2);
  }

  @Test
  void orderCountsWhereItIsAskedFor() {
    List<List<Optional<String>>> rows = List.of(row("a"), row("b"), row("c"));
    List<List<Optional<String>>> other = List.of(row("b"), row("a"), row("c"), row("d"));

    assertThat(new RowMatch<>(rows, rows, Sameness.exact()).inOrder()).isEmpty();
    assertThat(new RowMatch<>(rows, other, Sameness.exact()).inOrder())
        .containsExactly(
            new RowDifference<>(1, Optional.of(row("a")), Optional.of(row("b"))),
            new RowDifference<>(2, Optional.of(row("b")), Optional.of(row("a"))),
            new RowDifference<>(4, Optional.empty(), Optional.of(row("d"))));
    assertThat(new RowMatch<>(other, rows, Sameness.exact()).inOrder()).hasSize(3);
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
