package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/** Where a table's rows come from. */
public sealed interface Source {
  /** A Parquet file, or a folder of them; partition folders are read as Spark reads them. */
  record Parquet(Path path) implements Source {
    public Parquet {
      requireNonNull(path, "path is null");
    }
  }

  /**
   * A CSV file, or a folder of them.
   *
   * @param ddl the declared schema, as Spark's DDL
   * @param options Spark's reader options by name
   */
  record Csv(Path path, String ddl, Map<String, String> options, BadRecords badRecords)
      implements Source {
    public Csv {
      requireNonNull(path, "path is null");
      requireNonNull(ddl, "ddl is null");
      options = Map.copyOf(options);
      requireNonNull(badRecords, "badRecords is null");
    }
  }

  /**
   * A table whose rows only Spark can give, of which the schema is known: queries over it are
   * analysed, and refused with {@code why}.
   */
  record Declared(String schemaJson, Refusal why) implements Source {
    public Declared {
      requireNonNull(schemaJson, "schemaJson is null");
      requireNonNull(why, "why is null");
    }
  }

  /** What happens to a record that does not fit the schema. */
  enum BadRecords {
    /** The query fails at the first one. */
    FAIL,
    /** Its bad fields are NULL, as Spark's PERMISSIVE mode says. */
    PERMISSIVE,
    /** It is left out, as Spark's DROPMALFORMED mode says. */
    DROP,
    /** It is left out, and kept aside with its place and the reason. */
    QUARANTINE
  }
}
