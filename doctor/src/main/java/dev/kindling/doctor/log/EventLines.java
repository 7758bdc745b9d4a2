package dev.kindling.doctor.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.luben.zstd.ZstdInputStream;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.jpountz.lz4.LZ4BlockInputStream;
import org.xerial.snappy.SnappyInputStream;

/**
 * The events of a log, one after the other: one JSON object a line, the whole log never in memory.
 * What cannot be read is left out and noted, for a log may be cut or still growing.
 */
public final class EventLines {
  private static final ObjectReader READER = new ObjectMapper().reader();
  private static final int BUFFER = 1 << 16;

  private final List<String> notes = new ArrayList<>();
  private long events;
  private long broken;

  /**
   * Reads all of a log.
   *
   * @throws KindlingException FILE_CORRUPT when the first line is no event of Spark's; FILE_ACCESS
   *     when a file cannot be opened
   */
  public void read(EventLog log, Consumer<JsonNode> consumer) {
    for (Path part : log.parts()) {
      readPart(log, part, consumer);
    }
    if (events == 0) {
      throw new KindlingException(
          ErrorCode.FILE_CORRUPT,
          "'%s' holds no event (accepted: an event log of Spark 3.5 or 4). Spark writes the first ones"
                  .formatted(log.path())
              + " when the application starts; an empty log is that of one which ended before.");
    }
    if (broken > 0) {
      notes.add("%,d lines could not be read and are left out".formatted(broken));
    }
  }

  /** What could not be read, in words; empty for a log that is whole. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void readPart(EventLog log, Path part, Consumer<JsonNode> consumer) {
    try (InputStream in = open(part)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      try {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          split(buffer, read, line, log, consumer);
        }
      } catch (IOException e) {
        // Each codec has its own words for an end in the middle of a block.
        notes.add("'%s' ends in the middle (%s)".formatted(part.getFileName(), e.getMessage()));
      }
      if (line.size() > 0) {
        lastLine(line.toByteArray(), part, log, consumer);
      }
    } catch (NoSuchFileException e) {
      throw new KindlingException(ErrorCode.FILE_NOT_FOUND, "'%s' is gone.".formatted(part), e);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read '%s': %s".formatted(part, e.getMessage()), e);
    }
  }

  private void split(
      byte[] buffer, int length, ByteArrayOutputStream line, EventLog log, Consumer<JsonNode> to) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        line.write(buffer, from, i - from);
        event(line.toByteArray(), log, to);
        line.reset();
        from = i + 1;
      }
    }
    line.write(buffer, from, length - from);
  }

  private void event(byte[] line, EventLog log, Consumer<JsonNode> consumer) {
    if (line.length == 0) {
      return;
    }
    JsonNode event;
    try {
      event = READER.readTree(line);
    } catch (JsonProcessingException e) {
      refuseOther(log);
      broken++;
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (!event.path("Event").isTextual()) {
      refuseOther(log);
      broken++;
      return;
    }
    events++;
    consumer.accept(event);
  }

  // A log without its last line break is one that grows, or of an application that was killed.
  private void lastLine(byte[] line, Path part, EventLog log, Consumer<JsonNode> consumer) {
    long before = events;
    long brokenBefore = broken;
    event(line, log, consumer);
    if (events == before) {
      broken = brokenBefore;
      notes.add("the last line of '%s' is not complete".formatted(part.getFileName()));
    }
  }

  private void refuseOther(EventLog log) {
    if (events == 0) {
      throw new KindlingException(
          ErrorCode.FILE_CORRUPT,
          "'%s' is not an event log of Spark: its first line is no event (accepted: the files that"
                  .formatted(log.path())
              + " Spark writes with spark.eventLog.enabled=true, plain or compressed with zstd, lz4 or"
              + " snappy).");
    }
  }

  private static InputStream open(Path part) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(part), BUFFER);
    String name = part.getFileName().toString().replaceFirst("\\.(inprogress|compact)$", "");
    try {
      if (name.endsWith(".zstd") || name.endsWith(".zst")) {
        // A log that grows ends without the frame's end.
        return new ZstdInputStream(file).setContinuous(true);
      }
      if (name.endsWith(".lz4")) {
        return new LZ4BlockInputStream(file, false);
      }
      if (name.endsWith(".snappy")) {
        return new SnappyInputStream(file);
      }
      if (name.endsWith(".lzf")) {
        throw new IOException(
            "it is compressed with lzf (accepted: zstd, lz4, snappy, none). Set"
                + " spark.eventLog.compression.codec for the next run");
      }
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
