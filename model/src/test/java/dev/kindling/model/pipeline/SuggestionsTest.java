package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  @ParameterizedTest
  @CsvSource({
    "parqet, parquet",
    "parquet, parquet",
    "PARQUET, parquet",
    "cvs, csv",
    "jsn, json",
    "onBadRecord, on_bad_record",
    "on-bad-record, on_bad_record"
  })
  void typingMistakesAreMended(String typed, String meant) {
    List<String> names = List.of("csv", "json", "on_bad_record", "orc", "parquet");
    assertThat(Suggestions.closest(typed, names)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"excel", "xml", "x", "''", "a much longer text than any of them"})
  void otherWordsAreLeftAlone(String typed) {
    List<String> names = List.of("csv", "json", "orc", "parquet");
    assertThat(Suggestions.closest(typed, names)).isEmpty();
    assertThat(Suggestions.didYouMean(typed, names)).isEmpty();
  }

  @Test
  void distanceCountsSteps() {
    assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestions.distance("abc", "abc")).isZero();
    assertThat(Suggestions.distance("abc", "acb")).isEqualTo(1);
    assertThat(Suggestions.distance("kitten", "sitting")).isEqualTo(3);
  }
}
