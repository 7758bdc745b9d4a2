package dev.kindling.model.pipeline;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what the user may have meant. */
public final class Suggestions {
  private Suggestions() {}

  /** The candidate that is most like a text, when one is like it. */
  public static Optional<String> closest(String text, Collection<String> candidates) {
    String wanted = squeeze(text);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      String other = squeeze(candidate);
      int limit = Math.min(3, Math.max(1, Math.min(wanted.length(), other.length()) / 3));
      if (Math.abs(other.length() - wanted.length()) > limit) {
        continue;
      }
      int distance = distance(wanted, other);
      if (distance <= limit && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The end of a message: {@code . Did you mean 'x'?}, or nothing. */
  public static String didYouMean(String text, Collection<String> candidates) {
    Optional<String> closest = closest(text, candidates);
    return closest.isPresent() ? ". Did you mean '" + closest.get() + "'?" : "";
  }

  // onBadRecord, on-bad-record and on_bad_record are one word to a reader.
  private static String squeeze(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** How many letters to add, drop, change or swap with their neighbour. */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
