package dev.kindling.runtime.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.Read;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** Where the rows of a name are, as far as the other engine needs to know. */
sealed interface Place {
  /** In the user's files, which each engine reads by itself. */
  record Files(Read read) implements Place {
    public Files {
      requireNonNull(read, "read is null");
    }
  }

  /** In the user's files, together with the text of records that do not fit. */
  record Records(Read read, StructType schema) implements Place {
    public Records {
      requireNonNull(read, "read is null");
      requireNonNull(schema, "schema is null");
    }
  }

  /** Nowhere: a query over other names. */
  record Inlined(String sql, Set<String> reads) implements Place {
    public Inlined {
      requireNonNull(sql, "sql is null");
      reads = Set.copyOf(reads);
    }
  }

  /** Nowhere: what a class makes of other names. */
  record Called(JavaCall call) implements Place {
    public Called {
      requireNonNull(call, "call is null");
    }
  }

  /** In a table of the embedded engine. */
  record Temporary() implements Place {}

  /** In Parquet files of this run. */
  record Staged(Path folder) implements Place {
    public Staged {
      requireNonNull(folder, "folder is null");
    }
  }
}
