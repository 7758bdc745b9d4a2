package dev.kindling.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.storage.Fingerprints.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintsTest {
  @TempDir Path temporary;

  private Path data;
  private Fingerprint before;

  @BeforeEach
  void write() throws IOException {
    data = temporary.resolve("data");
    Versions.write(data, 1);
    before = Fingerprints.of(data);
  }

  @Test
  void countsFilesInPartitionFolders() {
    assertThat(before.files()).isEqualTo(3);
    assertThat(before.bytes()).isEqualTo(3);
    assertThat(before.hash()).matches("[0-9a-f]{64}");
    assertThat(Fingerprints.of(data)).isEqualTo(before);
  }

  @Test
  void leavesOutWhatSparkLeavesOut() throws IOException {
    Files.createFile(data.resolve("_SUCCESS"));
    Files.createFile(data.resolve(".part-0.csv.crc"));
    Versions.write(data.resolve("_temporary"), 1);
    Versions.write(data.resolve("._kindling-x.new"), 1);
    assertThat(Fingerprints.of(data)).isEqualTo(before);

    Versions.write(data.resolve("_day=3"), 1);
    assertThat(Fingerprints.of(data).files()).isEqualTo(6);
  }

  @Test
  void seesEveryKindOfChange() throws IOException {
    Path file = data.resolve("day=1/part-0.csv");
    FileTime time = Files.getLastModifiedTime(file);

    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1));
    assertThat(Fingerprints.of(data)).isNotEqualTo(before);
    Files.setLastModifiedTime(file, time);
    assertThat(Fingerprints.of(data)).isEqualTo(before);

    Files.write(file, new byte[] {1, 2});
    Files.setLastModifiedTime(file, time);
    assertThat(Fingerprints.of(data)).isNotEqualTo(before);
    Files.write(file, new byte[] {1});
    Files.setLastModifiedTime(file, time);
    assertThat(Fingerprints.of(data)).isEqualTo(before);

    Path renamed = Files.move(file, file.resolveSibling("part-1.csv"));
    assertThat(Fingerprints.of(data)).isNotEqualTo(before);
    Files.move(renamed, file);
    assertThat(Fingerprints.of(data)).isEqualTo(before);

    Files.delete(file);
    assertThat(Fingerprints.of(data)).isNotEqualTo(before);
  }

  @Test
  void doesNotDependOnThePlace() throws IOException {
    Path moved = Files.move(data, temporary.resolve("moved"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), moved);

    assertThat(Fingerprints.of(moved)).isEqualTo(before);
    assertThat(Fingerprints.of(link)).isEqualTo(before);
  }

  @Test
  void takesASingleFileEvenAHiddenOne() throws IOException {
    Path file = Files.write(temporary.resolve("_single.csv"), new byte[] {1, 2, 3});

    assertThat(Fingerprints.of(file).files()).isEqualTo(1);
    assertThat(Fingerprints.of(file).bytes()).isEqualTo(3);
  }

  @Test
  void failsOnAPathThatIsNotThere() {
    assertThatThrownBy(() -> Fingerprints.of(temporary.resolve("missing")))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND))
        .hasMessageContaining("Cannot read the list of files: ");
  }
}
