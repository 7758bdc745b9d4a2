package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the problems of one pipeline file. */
final class Problems {
  private static final Comparator<Problem> BY_PLACE =
      new Comparator<>() {
        @Override
        public int compare(Problem a, Problem b) {
          int byPlace = a.position().compareTo(b.position());
          return byPlace != 0 ? byPlace : a.severity().compareTo(b.severity());
        }
      };

  private final List<Problem> found = new ArrayList<>();

  void error(ErrorCode code, Position position, String message) {
    found.add(new Problem(Severity.ERROR, code, position, sentence(message)));
  }

  void warning(ErrorCode code, Position position, String message) {
    found.add(new Problem(Severity.WARNING, code, position, sentence(message)));
  }

  private static String sentence(String message) {
    char first = message.charAt(0);
    return first >= 'a' && first <= 'z'
        ? Character.toUpperCase(first) + message.substring(1)
        : message;
  }

  boolean hasErrors() {
    for (Problem problem : found) {
      if (problem.severity() == Severity.ERROR) {
        return true;
      }
    }
    return false;
  }

  List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(BY_PLACE);
    return sorted;
  }
}
