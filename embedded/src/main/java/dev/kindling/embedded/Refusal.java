package dev.kindling.embedded;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Why the embedded engine leaves something to Spark.
 *
 * @param code what kind of reason, stable over versions
 * @param construct the user's own words for what is refused, such as {@code soundex(name)}
 * @param detail the reason, in one sentence without a full stop
 * @param line the line in the SQL text, from 1, where known
 * @param column the column in that line, from 1, where known
 */
public record Refusal(
    RefusalCode code, String construct, String detail, OptionalInt line, OptionalInt column) {
  public Refusal {
    requireNonNull(code, "code is null");
    requireNonNull(construct, "construct is null");
    requireNonNull(detail, "detail is null");
    requireNonNull(line, "line is null");
    requireNonNull(column, "column is null");
  }

  /** A refusal without a place in the SQL text. */
  public static Refusal of(RefusalCode code, String construct, String detail) {
    return new Refusal(code, construct, detail, OptionalInt.empty(), OptionalInt.empty());
  }

  /** One line for people. */
  public String text() {
    String place =
        line.isPresent() ? " (line " + line.getAsInt() + ", column " + column.orElse(1) + ")" : "";
    return code + "  " + construct + ": " + detail + place;
  }
}
