package dev.kindling.embedded.read;

import org.apache.spark.SparkUpgradeException;

/** Why a field's text does not fit, in words for people. */
final class CsvReasons {
  private CsvReasons() {}

  /**
   * The reason in a converter's exception. Rethrows those that are no answer about the text, as
   * Spark does.
   */
  static String of(Exception e) {
    if (e instanceof SparkUpgradeException upgrade) {
      throw upgrade;
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.isEmpty() || message.equals("null") ? e.getClass().getSimpleName() : message;
  }
}
