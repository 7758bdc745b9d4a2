package dev.kindling.model.report;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.record.ExpectationStatus;
import dev.kindling.model.record.RunStatus;
import dev.kindling.model.record.TableStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the report calls things, and the CSS classes of their colours. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Also a CSS class. */
  static String engine(Engine engine) {
    return engine == Engine.SPARK ? "spark" : "embedded";
  }

  static String of(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case INTERRUPTED -> "interrupted";
    };
  }

  static String tone(RunStatus status) {
    return switch (status) {
      case SUCCEEDED -> "good";
      case FAILED -> "bad";
      case INTERRUPTED -> "warn";
    };
  }

  static String of(TableStatus status) {
    return switch (status) {
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case SKIPPED -> "not run";
      case UNCHANGED -> "unchanged";
    };
  }

  static String of(ExpectationStatus status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case WARNED -> "warned";
    };
  }

  static String tone(ExpectationStatus status) {
    return switch (status) {
      case PASSED -> "good";
      case FAILED -> "bad";
      case WARNED -> "warn";
    };
  }
}
