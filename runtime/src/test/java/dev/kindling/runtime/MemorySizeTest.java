package dev.kindling.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemorySizeTest {
  @Test
  void readsWhatPeopleWrite() {
    assertThat(MemorySize.parse("512m", "x")).isEqualTo(512L << 20);
    assertThat(MemorySize.parse("4G", "x")).isEqualTo(4L << 30);
    assertThat(MemorySize.parse("1.5 GiB", "x")).isEqualTo(3L << 29);
    assertThat(MemorySize.parse("134217728", "x")).isEqualTo(128L << 20);
  }

  @Test
  void namesWhatItCannotRead() {
    assertThatThrownBy(() -> MemorySize.parse("4x", "--memory"))
        .hasMessageContaining("Cannot read --memory '4x'")
        .hasMessageContaining("such as 512m, 4g");
    assertThatThrownBy(() -> MemorySize.parse("1m", "--memory")).hasMessageContaining("64m");
  }

  @Test
  void showsSizesShortly() {
    assertThat(MemorySize.show(12)).isEqualTo("12 B");
    assertThat(MemorySize.show(1536)).isEqualTo("1.5 KB");
    assertThat(MemorySize.show(52L << 20)).isEqualTo("52 MB");
  }
}
