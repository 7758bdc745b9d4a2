package dev.kindling.embedded.run;

import dev.kindling.embedded.EngineFailure;
import java.sql.SQLException;
import java.util.Locale;

/** DuckDB gives no error codes: the beginning of its message is what tells failures apart. */
final class Failures {
  private Failures() {}

  static EngineFailure translate(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return new EngineFailure(reason(message), message, e);
  }

  private static EngineFailure.Reason reason(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.startsWith("interrupt")
        || text.contains("interrupted")
        || text.contains("invalid result set")
        || text.contains("query was cancelled")) {
      return EngineFailure.Reason.CANCELLED;
    }
    if (text.contains("no space left") || text.contains("max_temp_directory_size")) {
      return EngineFailure.Reason.NO_SPACE;
    }
    if (text.startsWith("out of memory error") || text.contains("failed to allocate")) {
      return EngineFailure.Reason.OUT_OF_MEMORY;
    }
    if (text.contains("no magic bytes") || text.contains("too small to be a parquet file")) {
      return EngineFailure.Reason.CORRUPT_INPUT;
    }
    if (text.startsWith("internal error") || text.startsWith("fatal error")) {
      return EngineFailure.Reason.INTERNAL;
    }
    return EngineFailure.Reason.RAISED;
  }
}
