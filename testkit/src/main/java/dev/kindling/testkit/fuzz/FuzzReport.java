package dev.kindling.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run of random queries came to. */
public final class FuzzReport {
  private final long seed;
  private final List<Difference> differences = new ArrayList<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final Map<String, String> leftOut = new TreeMap<>();
  private final Map<String, Integer> rerunCauses = new TreeMap<>();
  private int compared;
  private int expressions;
  private int calls;
  private int nativeOnly;
  private int withSparkCode;
  private int sameError;
  private int reruns;
  private int notComparable;
  private int beyondLimit;
  private int otherRows;
  private int refused;
  private int invalid;
  private int sparkDisagrees;
  private int signatures;
  private int allSignatures;
  private long nanos;

  FuzzReport(long seed) {
    this.seed = seed;
  }

  /** Queries with the same rows on both engines. */
  public int equal() {
    return nativeOnly + withSparkCode;
  }

  /** Queries that ran on both engines. */
  public int compared() {
    return compared;
  }

  /** Columns, conditions and keys in the queries with equal rows. */
  public int expressions() {
    return expressions;
  }

  public List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** Whether most queries ran in the embedded engine and had rows to compare. */
  public boolean provesSomething() {
    return equal() * 2 > compared && equal() > 0;
  }

  void equal(Query query, boolean sparkCode) {
    compared++;
    expressions += query.expressions();
    calls += query.calls();
    if (sparkCode) {
      withSparkCode++;
    } else {
      nativeOnly++;
    }
  }

  void sameError() {
    compared++;
    sameError++;
  }

  void rerun(String why) {
    compared++;
    reruns++;
    rerunCauses.merge(firstWords(why), 1, Integer::sum);
  }

  void notComparable() {
    compared++;
    notComparable++;
  }

  void different(Difference difference) {
    compared++;
    differences.add(difference);
  }

  void sparkDisagrees() {
    compared++;
    sparkDisagrees++;
  }

  void raisesBeyondLimit() {
    compared++;
    beyondLimit++;
  }

  void raisesOverOtherRows() {
    compared++;
    otherRows++;
  }

  void refused(String reason) {
    refusals.merge(reason, 1, Integer::sum);
  }

  /** A signature that the embedded engine does not take. */
  void leftOut(String signature, String reason) {
    leftOut.put(signature, reason);
  }

  void refusedQuery() {
    refused++;
  }

  void invalid() {
    invalid++;
  }

  void signatures(int used, int all) {
    signatures = used;
    allSignatures = all;
  }

  void took(long elapsed) {
    nanos = elapsed;
  }

  private static String firstWords(String message) {
    String line = message.lines().findFirst().orElse("");
    String words = line.replaceAll("[0-9.]+", "#").replaceAll("'[^']*'", "'…'");
    return words.length() > 90 ? words.substring(0, 90) : words;
  }

  /** The report as text. */
  public String text(boolean reasons) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        seed %d: %d queries on both engines, %d expressions with %d calls compared equal, %.0f s
          equal: %d native, %d with Spark's code
          same error: %d; run again on Spark: %d; not comparable: %d; Spark differs from itself: %d;
          Spark raises over rows that LIMIT leaves out: %d; that a join, condition or outer query does: %d
          left to Spark: %d queries changed, left out or replaced; not valid: %d
          signatures used: %d of %d
          DIFFERENT: %d
        """
            .formatted(
                seed,
                compared,
                expressions,
                calls,
                nanos / 1e9,
                nativeOnly,
                withSparkCode,
                sameError,
                reruns,
                notComparable,
                sparkDisagrees,
                beyondLimit,
                otherRows,
                refused,
                invalid,
                signatures,
                allSignatures,
                differences.size()));
    if (!provesSomething()) {
      text.append("  This run proves nothing: too few queries gave rows in the embedded engine.\n");
    }
    if (reasons) {
      text.append("  refused, by reason:\n");
      append(text, refusals);
      text.append("  run again on Spark, by cause:\n");
      append(text, rerunCauses);
      text.append("  signatures left to Spark: %d\n".formatted(leftOut.size()));
      leftOut.forEach((line, reason) -> text.append("    %s: %s%n".formatted(line, reason)));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Map<String, Integer> counts) {
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(60)
        .forEach(e -> text.append("  %6d  %s%n".formatted(e.getValue(), e.getKey())));
  }
}
