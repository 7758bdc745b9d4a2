package dev.kindling.testkit.fuzz;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a query as small as it gets while it keeps a property. */
final class Shrinker {
  private final Predicate<Query> keeps;
  private final int tries;

  /**
   * @param keeps whether a query still shows what is looked for
   * @param tries how many queries may be tried
   */
  Shrinker(Predicate<Query> keeps, int tries) {
    this.keeps = keeps;
    this.tries = tries;
  }

  Query shrink(Query query) {
    Query smallest = query;
    Set<String> seen = new HashSet<>();
    int left = tries;
    boolean smaller = true;
    while (smaller && left > 0) {
      smaller = false;
      for (Query candidate : smallest.smaller()) {
        String sql = candidate.sql();
        // A literal may be longer than the column that it stands for; texts have to shrink.
        if (left <= 0 || sql.length() >= smallest.sql().length() || !seen.add(sql)) {
          continue;
        }
        left--;
        if (keeps.test(candidate)) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }
}
