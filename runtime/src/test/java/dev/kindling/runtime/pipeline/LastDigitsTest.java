package dev.kindling.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LastDigitsTest {
  private static boolean same(String expected, String found) {
    return new LastDigits(Set.of(0))
        .isSame(Optional.ofNullable(expected), Optional.ofNullable(found), 0);
  }

  @Test
  void lastDigitsOfSumsMayDifferAndNothingElse() {
    assertThat(same("0.3", "0.30000000000000004")).isTrue();
    assertThat(same("[0.1,0.3]", "[0.1,0.30000000000000004]")).isTrue();
    assertThat(same("0.3001", "0.30000000000000004")).isFalse();
    assertThat(same(null, "0.30000000000000004")).isFalse();
    assertThat(same(null, null)).isTrue();
    assertThat(same("NaN", "NaN")).isTrue();
    assertThat(same("NaN", "0.0")).isFalse();
  }

  @Test
  void otherColumnsAreComparedToTheLastDigit() {
    assertThat(
            new LastDigits(Set.of(1))
                .isSame(Optional.of("0.3"), Optional.of("0.30000000000000004"), 0))
        .isFalse();
  }
}
