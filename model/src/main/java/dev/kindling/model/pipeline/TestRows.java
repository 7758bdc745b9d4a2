package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The rows of a test, whose types are those of the table's columns. */
public sealed interface TestRows {
  /** In the pipeline file: each row has the values of columns by name. */
  record Inline(List<TestValue.Entries> rows) implements TestRows {
    public Inline {
      rows = List.copyOf(rows);
    }
  }

  /**
   * In a file beside the pipeline file.
   *
   * @param path as written, with parameters put in; resolve it with {@link Pipeline#resolve}
   */
  record InFile(FileFormat format, String path, Position position) implements TestRows {
    public InFile {
      requireNonNull(format, "format is null");
      requireNonNull(path, "path is null");
      requireNonNull(position, "position is null");
    }
  }

  /** How a file holds rows. */
  enum FileFormat {
    /** The first line names the columns; an empty field without quotes is NULL. */
    CSV,
    /** An array of objects, or one object after the other. */
    JSON,
    /** A file, or a folder of them. */
    PARQUET
  }
}
