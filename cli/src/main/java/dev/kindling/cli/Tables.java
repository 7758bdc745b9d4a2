package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** The tables that {@code --tables} and {@code --table} name. */
final class Tables {
  private static final String PARQUET = ".parquet";

  private Tables() {}

  static Map<String, Path> of(ParseResult args, Console console) throws IOException {
    Map<String, Path> tables = new LinkedHashMap<>();
    for (String text : Arguments.texts(args, "--tables")) {
      addFolder(Path.of(text), tables, console);
    }
    Arguments.pairs(args, "--table").forEach((name, path) -> tables.put(name, Path.of(path)));
    for (Map.Entry<String, Path> table : tables.entrySet()) {
      if (!Files.exists(table.getValue())) {
        throw new KindlingException(
            ErrorCode.FILE_NOT_FOUND,
            "The table '%s' reads '%s', which does not exist. Check the path."
                .formatted(table.getKey(), table.getValue()));
      }
    }
    return tables;
  }

  private static void addFolder(Path folder, Map<String, Path> tables, Console console)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "The folder of --tables '%s' %s."
              .formatted(
                  folder,
                  Files.exists(folder)
                      ? "is a file. A single file is given with --table NAME=PATH"
                      : "does not exist. Check the path"));
    }
    List<Path> entries;
    try (Stream<Path> all = Files.list(folder)) {
      entries = all.sorted().toList();
    }
    int before = tables.size();
    for (Path entry : entries) {
      String name = entry.getFileName().toString();
      // Spark leaves hidden files out in the same way.
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (holdsParquet(entry)) {
        tables.put(withoutEnding(name), entry);
      } else {
        console.say(
            "'"
                + entry
                + (Files.isDirectory(entry) ? "' holds no Parquet file" : "' is no Parquet file")
                + " and becomes no table.");
      }
    }
    if (tables.size() == before) {
      console.say("'" + folder + "' gives no table: nothing in it is a Parquet file or holds one.");
    }
  }

  // Partitions are folders in folders; the first file found is enough.
  private static boolean holdsParquet(Path entry) throws IOException {
    if (!Files.isDirectory(entry)) {
      return entry.toString().endsWith(PARQUET);
    }
    try (Stream<Path> files = Files.walk(entry)) {
      return files.anyMatch(file -> file.toString().endsWith(PARQUET));
    }
  }

  private static String withoutEnding(String name) {
    return name.endsWith(PARQUET) ? name.substring(0, name.length() - PARQUET.length()) : name;
  }
}
