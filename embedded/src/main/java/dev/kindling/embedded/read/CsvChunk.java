package dev.kindling.embedded.read;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a CSV file: the lines that begin in a range of its bytes.
 *
 * @param index the number of the chunk, over all files in order
 * @param start the first byte
 * @param end behind the last byte; of a compressed file, which has one chunk only, no limit
 */
record CsvChunk(int index, Path file, long start, long end) {
  static final long SIZE = 16L << 20;

  boolean isCompressed() {
    return isCompressed(file);
  }

  static boolean isCompressed(Path file) {
    return file.getFileName().toString().endsWith(".gz");
  }

  boolean isFirst() {
    return start == 0;
  }

  /** Cuts files into chunks; files without a byte have none. */
  static List<CsvChunk> of(String table, List<Path> files, boolean wholeFiles) {
    return of(table, files, wholeFiles, SIZE);
  }

  /** Cuts files into chunks of so many bytes. */
  static List<CsvChunk> of(String table, List<Path> files, boolean wholeFiles, long length) {
    List<CsvChunk> chunks = new ArrayList<>();
    for (Path file : files) {
      long size;
      try {
        size = Files.size(file);
        if (!Files.isReadable(file)) {
          throw new AccessDeniedException(file.toString());
        }
      } catch (IOException e) {
        throw unreadable(table, file, e);
      }
      if (wholeFiles || isCompressed(file)) {
        if (size > 0) {
          chunks.add(new CsvChunk(chunks.size(), file, 0, Long.MAX_VALUE));
        }
        continue;
      }
      for (long start = 0; start < size; start += length) {
        chunks.add(new CsvChunk(chunks.size(), file, start, Math.min(size, start + length)));
      }
    }
    return chunks;
  }

  static KindlingException unreadable(String table, Path file, IOException e) {
    boolean denied = e instanceof AccessDeniedException;
    return new KindlingException(
        denied ? ErrorCode.FILE_ACCESS : ErrorCode.FILE_CORRUPT,
        denied
            ? "Cannot read table '%s': permission denied on %s.".formatted(table, file)
            : "Cannot read table '%s': %s: %s.".formatted(table, file, e.getMessage()),
        e);
  }
}
