package dev.kindling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSpoolTest {
  @TempDir Path folder;

  private static List<String> read(Rows rows) {
    List<String> read = new ArrayList<>();
    rows.forEach(row -> read.add((row.isNull(0) ? "null" : row.text(0)) + "|" + row.text(1)));
    return read;
  }

  @Test
  void keepsSmallResultsInMemory() {
    try (RowSpool spool = new RowSpool(folder.resolve("never"), 2)) {
      spool.add(new String[] {null, ""});
      spool.add(new String[] {"NULL", "ü"});

      assertThat(read(spool)).containsExactly("null|", "NULL|ü");
      assertThat(folder.resolve("never")).doesNotExist();
    }
  }

  @Test
  void goesOnInAFileAndReadsAllTwice() throws IOException {
    List<String> expected = new ArrayList<>();
    try (RowSpool spool = new RowSpool(folder, 2, 1000)) {
      for (int i = 0; i < 5000; i++) {
        spool.add(new String[] {i % 7 == 0 ? null : "n" + i, "日本 " + i});
        expected.add((i % 7 == 0 ? "null" : "n" + i) + "|日本 " + i);
      }

      assertThat(read(spool)).isEqualTo(expected);
      assertThat(read(spool)).isEqualTo(expected);
      assertThat(spool.count()).isEqualTo(5000);
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
