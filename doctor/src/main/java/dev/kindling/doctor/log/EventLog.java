package dev.kindling.doctor.log;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The event log of one application: a file, or the parts of a rolling log in their order.
 *
 * @param path what the user named, or the log found in it
 * @param parts the files, the oldest first; never empty
 */
public record EventLog(Path path, List<Path> parts) {
  private static final String ROLLING = "eventlog_v2_";
  private static final Pattern PART = Pattern.compile("events_(\\d+)_.*");
  private static final String COMPACTED = ".compact";
  private static final int NAMED = 10;

  public EventLog {
    requireNonNull(path, "path is null");
    parts = List.copyOf(parts);
  }

  /**
   * The log that a path means: a file, the folder of a rolling log, or a folder with one log in it.
   *
   * @throws KindlingException FILE_NOT_FOUND when there is nothing; USAGE when a folder holds
   *     several logs or none; FILE_ACCESS when it cannot be read
   */
  public static EventLog at(Path path) {
    if (Files.isRegularFile(path)) {
      return new EventLog(path, List.of(path));
    }
    if (!Files.isDirectory(path)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "There is no event log '%s' (accepted: a file that Spark wrote, the folder of a rolling log,"
                  .formatted(path)
              + " or a folder with one log in it). Spark writes one with spark.eventLog.enabled=true"
              + " into spark.eventLog.dir.");
    }
    if (isRolling(path)) {
      return rolling(path);
    }
    List<Path> logs = list(path).stream().filter(EventLog::looksLikeOne).toList();
    if (logs.size() == 1) {
      return at(logs.get(0));
    }
    throw new KindlingException(ErrorCode.USAGE, several(path, logs));
  }

  private static boolean isRolling(Path folder) {
    return list(folder).stream().anyMatch(file -> part(file).isPresent());
  }

  private static EventLog rolling(Path folder) {
    List<Path> files =
        list(folder).stream()
            .filter(file -> part(file).isPresent())
            .sorted(Comparator.comparingInt((Path file) -> part(file).getAsInt()))
            .toList();
    // A compacted part stands for all before it and for the part of its own number.
    int compacted =
        files.stream()
            .filter(file -> file.toString().endsWith(COMPACTED))
            .mapToInt(file -> part(file).getAsInt())
            .max()
            .orElse(-1);
    return new EventLog(
        folder,
        files.stream()
            .filter(
                file ->
                    part(file).getAsInt() > compacted
                        || (part(file).getAsInt() == compacted
                            && file.toString().endsWith(COMPACTED)))
            .toList());
  }

  private static OptionalInt part(Path file) {
    Matcher name = PART.matcher(file.getFileName().toString());
    return name.matches() && name.group(1).length() < 10
        ? OptionalInt.of(Integer.parseInt(name.group(1)))
        : OptionalInt.empty();
  }

  // Everything else in such a folder is the History Server's, or hidden.
  private static boolean looksLikeOne(Path entry) {
    String name = entry.getFileName().toString();
    return Files.isDirectory(entry) ? name.startsWith(ROLLING) : !name.startsWith(".");
  }

  private static String several(Path folder, List<Path> logs) {
    if (logs.isEmpty()) {
      return "The folder '%s' has no event log in it (accepted: files that Spark wrote, and folders %s*)."
          .formatted(folder, ROLLING);
    }
    StringBuilder message =
        new StringBuilder(
            "The folder '%s' has %,d event logs; name one. The newest:"
                .formatted(folder, logs.size()));
    logs.stream()
        .sorted(Comparator.comparingLong(EventLog::modified).reversed())
        .limit(NAMED)
        .forEach(log -> message.append("\n  ").append(log));
    return message.toString();
  }

  private static long modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toMillis();
    } catch (IOException e) {
      // It went away meanwhile, as logs do that are cleaned up.
      return 0;
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot list '%s': %s".formatted(folder, e.getMessage()), e);
    }
  }
}
