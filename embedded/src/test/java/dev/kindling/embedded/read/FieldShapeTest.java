package dev.kindling.embedded.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldShapeTest {
  private static boolean matches(FieldShape shape, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return shape.matches(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-128", "127", "007", "-0"})
  void takesWholeNumbersInRange(String text) {
    assertThat(matches(FieldShape.integer(-128, 127), text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"128", "-129", "+1", "-", "1.0", "1e2", " 1", "x", "1234567890123456789"})
  void leavesOtherNumbersToSparksCode(String text) {
    assertThat(matches(FieldShape.integer(-128, 127), text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "-9223372036854775807"})
  void takesLongsUpToTheirLimit(String text) {
    assertThat(matches(FieldShape.integer(Long.MIN_VALUE, Long.MAX_VALUE), text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "99999999999999999999"})
  void leavesLongerOnesToSparksCode(String text) {
    assertThat(matches(FieldShape.integer(Long.MIN_VALUE, Long.MAX_VALUE), text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-12.34", "999.99", "0.0"})
  void takesDecimalsThatNeedNoRounding(String text) {
    assertThat(matches(FieldShape.decimal(3, 2), text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "0.001", ".5", "5.", "1e1", "+1", "1,0", "-"})
  void leavesOtherDecimalsToSparksCode(String text) {
    assertThat(matches(FieldShape.decimal(3, 2), text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"})
  void takesDaysThatExist(String text) {
    assertThat(matches(FieldShape.date(), text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-32",
        "0000-01-01",
        "2024-1-01",
        "2024/01/01",
        "2024-01-01T",
        "-024-01-01",
        "20x4-01-01"
      })
  void leavesOtherDatesToSparksCode(String text) {
    assertThat(matches(FieldShape.date(), text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29 23:59:59",
        "2024-01-01T00:00:00",
        "2024-01-01 00:00:00.1",
        "2024-01-01 00:00:00.123456"
      })
  void takesInstantsWithoutZone(String text) {
    assertThat(matches(FieldShape.timestamp(), text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-01",
        "2024-01-01 24:00:00",
        "2024-01-01 00:60:00",
        "2024-01-01 00:00:00.",
        "2024-01-01 00:00:00Z",
        "2024-01-01 00:00:00.1234567",
        "2024-01-01 0:00:00"
      })
  void leavesOtherInstantsToSparksCode(String text) {
    assertThat(matches(FieldShape.timestamp(), text)).isFalse();
  }
}
