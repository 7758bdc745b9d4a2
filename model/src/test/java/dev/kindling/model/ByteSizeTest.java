package dev.kindling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "512m, 536870912",
    "4G, 4294967296",
    "1.5 GiB, 1610612736",
    "1TB, 1099511627776",
    "2p, 2251799813685248",
    "134217728, 134217728",
    "10kb, 10240",
    "7b, 7",
    "0, 0"
  })
  void readsWhatPeopleWrite(String text, long bytes) {
    assertThat(ByteSize.parse(text, "x")).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "4x", "-1g", "1,5g", "1.2345g", "4 g g", "∞", "1e3m", "four"})
  void namesWhatItCannotRead(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text, "--data"))
        .isInstanceOf(KindlingException.class)
        .hasMessage(
            "Cannot read --data '%s': expected a number with a unit, such as 512m, 4g or 1.5g.",
            text);
  }

  @Test
  void refusesWhatNoStoreHolds() {
    assertThatThrownBy(() -> ByteSize.parse("999999999999999p", "--data"))
        .hasMessageContaining("too large")
        .hasMessageContaining("less than 1024p");
  }

  @Test
  void showsAmountsShortly() {
    assertThat(ByteSize.show(12)).isEqualTo("12 B");
    assertThat(ByteSize.show(1536)).isEqualTo("1.5 KB");
    assertThat(ByteSize.show(52 * ByteSize.MIB)).isEqualTo("52 MB");
    assertThat(ByteSize.show(3 * ByteSize.TIB)).isEqualTo("3.0 TB");
  }
}
