package dev.kindling.embedded.run;

import dev.kindling.embedded.EngineFailure;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB gives no error codes: the beginning of its message is what tells failures apart. */
final class Failures {
  // What another thread of DuckDB ran into comes as JSON behind a sentence about that thread.
  private static final Pattern FROM_ANOTHER_THREAD =
      Pattern.compile(
          "^([^:]+: ).*?\\{\"exception_type\":.*\"exception_message\":\"((?:[^\"\\\\]|\\\\.)*)\".*",
          Pattern.DOTALL);

  private Failures() {}

  static EngineFailure translate(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return new EngineFailure(reason(message), readable(message), e);
  }

  /** DuckDB's message as a sentence. */
  private static String readable(String message) {
    Matcher json = FROM_ANOTHER_THREAD.matcher(message);
    return json.matches()
        ? json.group(1) + json.group(2).replaceAll("\\\\([\"\\\\/])", "$1")
        : message;
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
