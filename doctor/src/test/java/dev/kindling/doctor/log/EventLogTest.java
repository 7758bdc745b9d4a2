package dev.kindling.doctor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdOutputStream;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jpountz.lz4.LZ4BlockOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.SnappyOutputStream;

class EventLogTest {
  @TempDir Path folder;

  private enum Codec {
    ZSTD {
      @Override
      OutputStream over(OutputStream file) throws IOException {
        return new ZstdOutputStream(file);
      }
    },
    LZ4 {
      @Override
      OutputStream over(OutputStream file) {
        return new LZ4BlockOutputStream(file);
      }
    },
    SNAPPY {
      @Override
      OutputStream over(OutputStream file) {
        return new SnappyOutputStream(file);
      }
    };

    abstract OutputStream over(OutputStream file) throws IOException;

    String extension() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  private static String events(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int n = from; n < to; n++) {
      lines.append("{\"Event\":\"E\",\"n\":").append(n).append("}\n");
    }
    return lines.toString();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private record Read(List<Integer> numbers, List<String> notes) {}

  private static Read read(Path path) {
    List<Integer> numbers = new ArrayList<>();
    EventLines lines = new EventLines();
    lines.read(EventLog.at(path), (JsonNode event) -> numbers.add(event.path("n").asInt()));
    return new Read(numbers, lines.notes());
  }

  @ParameterizedTest
  @EnumSource
  void everyCodecOfSparkIsReadWholeAndCut(Codec codec) throws IOException {
    Path file = folder.resolve("app-1" + codec.extension());
    try (OutputStream out = codec.over(Files.newOutputStream(file))) {
      // Enough for several blocks, and hard to compress, so that a cut meets the middle.
      Random random = new Random(1);
      for (int n = 0; n < 50_000; n++) {
        String line = "{\"Event\":\"E\",\"n\":%d,\"x\":\"%s\"}\n".formatted(n, random.nextLong());
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    Read whole = read(file);
    assertThat(whole.numbers()).hasSize(50_000);
    assertThat(whole.notes()).isEmpty();

    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    Read half = read(file);
    assertThat(half.numbers()).hasSizeBetween(10_000, 49_999);
    assertThat(half.notes()).isNotEmpty();
  }

  @Test
  void partsAreReadInTheirOrderAndACompactedOneStandsForThoseBefore() throws IOException {
    write("log/eventlog_v2_app-1/appstatus_app-1.inprogress", "");
    write("log/eventlog_v2_app-1/events_1_app-1", events(0, 3));
    write("log/eventlog_v2_app-1/events_2_app-1", events(3, 5));
    write("log/eventlog_v2_app-1/events_10_app-1", events(5, 6));
    assertThat(read(folder.resolve("log")).numbers()).containsExactly(0, 1, 2, 3, 4, 5);

    write("log/eventlog_v2_app-1/events_2_app-1.compact", events(4, 5));
    assertThat(read(folder.resolve("log")).numbers()).containsExactly(4, 5);
  }

  @Test
  void aLogThatGrowsIsReadAsFarAsItGoes() throws IOException {
    Path file = write("app-1.inprogress", events(0, 3) + "{\"Event\":\"E\",\"n\"");

    assertThat(read(file).numbers()).containsExactly(0, 1, 2);
    assertThat(read(file).notes())
        .containsExactly("the last line of 'app-1.inprogress' is not complete");
  }

  @Test
  void linesThatCannotBeReadAreLeftOutAndCounted() throws IOException {
    Path file = write("app-1", events(0, 2) + "{]\n{\"no\":\"event\"}\n" + events(2, 3));

    assertThat(read(file).numbers()).containsExactly(0, 1, 2);
    assertThat(read(file).notes()).containsExactly("2 lines could not be read and are left out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,name\n1,a\n", "{\"a\": 1}\n", "\u0000\u0001\u0002"})
  void anotherKindOfFileIsTold(String text) throws IOException {
    Path file = write("other", text);

    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT))
        .hasMessageContaining("other' ");
  }

  @Test
  void anEmptyLogIsTold() throws IOException {
    Path file = write("app-1", "");

    assertThatThrownBy(() -> read(file)).hasMessageContaining("holds no event");
  }

  @Test
  void ofManyLogsTheNewestAreNamed() throws IOException {
    for (int n = 0; n < 1000; n++) {
      Files.setLastModifiedTime(write("logs/app-" + n, ""), FileTime.fromMillis(1000L * n));
    }
    assertThatThrownBy(() -> EventLog.at(folder.resolve("logs")))
        .hasMessageStartingWith(
            "The folder '%s' has 1,000 event logs; name one. The newest:\n  %s\n"
                .formatted(folder.resolve("logs"), folder.resolve("logs/app-999")));
    assertThatThrownBy(() -> EventLog.at(folder.resolve("none")))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND));
  }
}
