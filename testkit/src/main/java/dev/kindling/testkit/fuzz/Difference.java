package dev.kindling.testkit.fuzz;

/**
 * A query for which the two engines give different answers.
 *
 * @param query as it was generated
 * @param shrunk the smallest query found that still differs
 * @param what both answers to the smallest query
 */
public record Difference(
    long seed, int number, String settings, String query, String shrunk, String what) {

  @Override
  public String toString() {
    return """
        DIFFERENT: seed %d, query %d, %s
          %s
          %s
          (shrunk from %d characters)"""
        .formatted(seed, number, settings, shrunk, what.replace("\n", "\n  "), query.length());
  }
}
