package dev.kindling.embedded.read;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import scala.Function1;

/**
 * One pass over all bytes of a CSV source, on several threads, that finds out whether its files are
 * regular, which columns need Spark's code, and which records are bad.
 */
final class CsvScan {
  private final String table;
  private final CsvSettings settings;
  private final CsvSettings.Layout layout;
  private final List<CsvChunk> chunks;
  private final CsvBadRecords badRecords;
  private final AtomicBoolean cancelled;
  private final AtomicInteger next = new AtomicInteger();
  private final long[] lines;
  private final long[] rows;

  // Chunks behind the first one that settles the matter need no look.
  private volatile int enough = Integer.MAX_VALUE;
  private volatile Optional<String> irregular = Optional.empty();
  private volatile Optional<Found> first = Optional.empty();

  private record Found(CsvChunk chunk, CsvChunkScanner.Bad bad) {}

  private CsvScan(
      String table,
      CsvSettings settings,
      CsvSettings.Layout layout,
      List<CsvChunk> chunks,
      CsvBadRecords badRecords,
      AtomicBoolean cancelled) {
    this.table = table;
    this.settings = settings;
    this.layout = layout;
    this.chunks = chunks;
    this.badRecords = badRecords;
    this.cancelled = cancelled;
    lines = new long[chunks.size()];
    rows = new long[chunks.size()];
  }

  /**
   * What the pass found.
   *
   * @param irregular why a file needs a parser; all else is meaningless then
   * @param files those with records
   * @param odd the columns that need Spark's code
   * @param bad the columns with texts that do not fit, when these were looked for
   * @param quotes whether there are fields in quotes
   * @param carriageReturns whether lines end with carriage return and line feed
   */
  record Findings(
      Optional<String> irregular,
      List<Path> files,
      boolean[] odd,
      boolean[] bad,
      boolean quotes,
      boolean carriageReturns) {

    static Findings needsParser(String why) {
      return new Findings(
          Optional.of(why), List.of(), new boolean[0], new boolean[0], false, false);
    }

    boolean anyBad() {
      for (boolean column : bad) {
        if (column) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Scans the chunks.
   *
   * @param badRecords takes the bad records when they are to be kept
   * @param cancelled tells that nobody waits any more
   */
  static Findings run(
      String table,
      CsvSettings settings,
      CsvSettings.Layout layout,
      List<CsvChunk> chunks,
      CsvBadRecords badRecords,
      int threads,
      AtomicBoolean cancelled) {
    return new CsvScan(table, settings, layout, chunks, badRecords, cancelled).run(threads);
  }

  private Findings run(int threads) {
    List<CsvChunkScanner> scanners = new ArrayList<>();
    int workers = Math.max(1, Math.min(threads, chunks.size()));
    for (int i = 0; i < workers; i++) {
      scanners.add(scanner());
    }
    work(scanners);
    if (cancelled.get()) {
      throw new KindlingException(
          ErrorCode.INTERRUPTED, "Reading table '" + table + "' was interrupted.");
    }
    if (irregular.isPresent()) {
      return Findings.needsParser(irregular.get());
    }
    if (settings.mode() == CsvSettings.Mode.FAIL && first.isPresent()) {
      throw failure(first.get());
    }
    boolean lineFeeds = false;
    boolean carriageReturns = false;
    boolean quotes = false;
    int columns = settings.schema().length();
    boolean[] odd = new boolean[columns];
    boolean[] bad = new boolean[columns];
    for (CsvChunkScanner scanner : scanners) {
      lineFeeds |= scanner.lineFeeds();
      carriageReturns |= scanner.carriageReturns();
      quotes |= scanner.quotes();
      for (int i = 0; i < columns; i++) {
        odd[i] |= scanner.odd()[i];
        bad[i] |= scanner.bad()[i];
      }
    }
    if (lineFeeds && carriageReturns) {
      return Findings.needsParser("its lines end in different ways");
    }
    badRecords.lines(lines);
    return new Findings(Optional.empty(), filesWithRows(), odd, bad, quotes, carriageReturns);
  }

  private List<Path> filesWithRows() {
    List<Path> files = new ArrayList<>();
    for (CsvChunk chunk : chunks) {
      boolean known = !files.isEmpty() && files.get(files.size() - 1).equals(chunk.file());
      if (rows[chunk.index()] > 0 && !known) {
        files.add(chunk.file());
      }
    }
    return files;
  }

  private CsvChunkScanner scanner() {
    List<Function1<String, Object>> converters =
        settings.mode() == CsvSettings.Mode.PERMISSIVE ? List.of() : settings.converters();
    return new CsvChunkScanner(
        layout,
        settings.shapes(),
        converters,
        settings.schema().fieldNames(),
        settings.mode() == CsvSettings.Mode.FAIL);
  }

  private void work(List<CsvChunkScanner> scanners) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            scanners.size(),
            task -> {
              Thread thread = new Thread(task, "csv-scan");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (CsvChunkScanner scanner : scanners) {
        running.add(threads.submit(() -> settings.within(() -> scanAll(scanner))));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(
          ErrorCode.INTERRUPTED, "Reading table '" + table + "' was interrupted.", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean scanAll(CsvChunkScanner scanner) {
    while (true) {
      int i = next.getAndIncrement();
      if (i >= chunks.size() || i > enough || cancelled.get()) {
        return true;
      }
      CsvChunk chunk = chunks.get(i);
      try {
        scanner.scan(chunk);
      } catch (CsvChunkScanner.Irregular e) {
        irregular(chunk, e.getMessage());
        return true;
      } catch (IOException e) {
        enough = -1;
        throw CsvChunk.unreadable(table, chunk.file(), e);
      }
      lines[i] = scanner.lines();
      rows[i] = scanner.rows();
      if (!scanner.badRecords().isEmpty()) {
        bad(chunk, scanner.badRecords());
      }
    }
  }

  private synchronized void irregular(CsvChunk chunk, String why) {
    irregular = Optional.of(chunk.file().getFileName() + ": " + why);
    enough = -1;
  }

  private synchronized void bad(CsvChunk chunk, List<CsvChunkScanner.Bad> found) {
    switch (settings.mode()) {
      case FAIL -> {
        if (first.isEmpty() || chunk.index() < first.get().chunk().index()) {
          first = Optional.of(new Found(chunk, found.get(0)));
          enough = Math.min(enough, chunk.index());
        }
      }
      case QUARANTINE -> badRecords.add(chunk, found);
      default -> {}
    }
  }

  private KindlingException failure(Found found) {
    long line = found.bad().line();
    for (CsvChunk chunk : chunks) {
      if (chunk.file().equals(found.chunk().file()) && chunk.index() < found.chunk().index()) {
        line += lines[chunk.index()];
      }
    }
    return CsvBadRecords.failure(table, found.chunk().file(), line, found.bad());
  }
}
