package dev.kindling.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …". */
final class Suggestions {
  private Suggestions() {}

  /** The candidate that a typing mistake in the word most likely stands for, if one is near. */
  static Optional<String> closest(String word, Collection<String> candidates) {
    Optional<String> best = Optional.empty();
    int bestDistance = Math.max(1, (word.length() + 1) / 3) + 1;
    for (String candidate : candidates) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = Optional.of(candidate);
        bestDistance = distance;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
