package dev.kindling.testkit.suite;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A ledger's queries, counted.
 *
 * @param queries those of its statements that are queries and valid
 * @param statements how many statements there are in all
 */
record LedgerTotals(List<Query> queries, int statements) {

  /** A query's verdicts: as it is, and with its constants as columns, {@code -} if it has none. */
  record Query(boolean relation, String verdict, String lifted) {
    Query {
      requireNonNull(verdict, "verdict is null");
      requireNonNull(lifted, "lifted is null");
    }
  }

  private static final Map<String, String> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("native", "native");
    ROWS.put("spark-code", "Spark's code inside DuckDB");
    ROWS.put("both-fail", "both engines raise");
    ROWS.put("reruns", "DuckDB raises, Spark runs");
    ROWS.put("refused", "refused");
    ROWS.put("proves-nothing", "proving nothing");
    ROWS.put("different", "different");
  }

  LedgerTotals {
    queries = List.copyOf(queries);
  }

  String text() {
    Map<String, Integer> relation = count(Query::relation, Query::verdict);
    Map<String, Integer> constants = count(query -> !query.relation(), Query::verdict);
    Map<String, Integer> lifted = count(query -> !query.relation(), Query::lifted);
    StringBuilder text = new StringBuilder();
    reasons().forEach((reason, n) -> text.append("%7d  %s%n".formatted(n, reason)));
    if (!text.isEmpty()) {
      text.insert(0, "Refused, of the queries that read a relation:%n".formatted());
      text.append("%n".formatted());
    }
    text.append(
        "%-28s %10s %10s %12s%n".formatted("queries", "relation", "constants", "as columns"));
    for (Map.Entry<String, String> row : ROWS.entrySet()) {
      text.append(
          "%-28s %10d %10d %12d%n"
              .formatted(
                  row.getValue(),
                  relation.getOrDefault(row.getKey(), 0),
                  constants.getOrDefault(row.getKey(), 0),
                  lifted.getOrDefault(row.getKey(), 0)));
    }
    text.append(
        "%-28s %9.1f%% %9.1f%% %11.1f%%%n"
            .formatted("run in DuckDB", share(relation), share(constants), share(lifted)));
    text.append(
        "%d statements, %d of them valid queries: %d read a relation, %d work on constants alone%n"
            .formatted(statements, queries.size(), all(relation), all(constants)));
    long failed =
        queries.stream().filter(query -> fails(query.verdict()) || fails(query.lifted())).count();
    if (failed > 0) {
      text.append("%d of the refused are failures of the translator%n".formatted(failed));
    }
    return text.toString();
  }

  private static boolean fails(String verdict) {
    return verdict.startsWith("refused:TRANSLATION_FAILED");
  }

  private Map<String, Integer> count(Predicate<Query> which, Function<Query, String> verdict) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Query query : queries) {
      if (which.test(query)) {
        counts.merge(Ledger.word(verdict.apply(query)), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The reasons of the queries that read a relation, the most frequent first. */
  private Map<String, Integer> reasons() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Query query : queries) {
      if (query.relation() && query.verdict().startsWith("refused:")) {
        counts.merge(query.verdict().substring(8), 1, Integer::sum);
      }
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  private static int all(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  // Where both engines raise, the embedded one has run the query as well. What has no constants
  // that could be columns counts nowhere.
  private static double share(Map<String, Integer> counts) {
    int inDuckDb =
        counts.getOrDefault("native", 0)
            + counts.getOrDefault("spark-code", 0)
            + counts.getOrDefault("both-fail", 0);
    return 100.0 * inDuckDb / Math.max(1, all(counts) - counts.getOrDefault("-", 0));
  }
}
