package dev.kindling.embedded.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;

/**
 * How many bytes DuckDB would hold at once for a query, in memory and spilled: what its sorts, the
 * build sides of its joins, its groups and its windows keep, by the numbers of rows that its
 * optimiser expects. Numbers of rows behind filters and joins are guesses, mostly too low; so what
 * is too large by this estimate is too large.
 */
public final class WorkEstimate {
  // A value, with its share of null marks and hashes; short texts are kept in place.
  private static final long BYTES_PER_VALUE = 16;
  private static final Set<String> KEEP_THEIR_INPUT = Set.of("ORDER_BY", "WINDOW");
  private static final Set<String> KEEP_THEIR_OUTPUT =
      Set.of("HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "CTE");
  private static final Set<String> KEEP_THEIR_RIGHT_SIDE =
      Set.of(
          "HASH_JOIN",
          "NESTED_LOOP_JOIN",
          "BLOCKWISE_NL_JOIN",
          "IE_JOIN",
          "PIECEWISE_MERGE_JOIN",
          "CROSS_PRODUCT",
          "ASOF_JOIN");

  private WorkEstimate() {}

  /**
   * @param plan as {@code EXPLAIN (FORMAT json)} gives it
   */
  public static long bytes(String plan) {
    try {
      double bytes = 0;
      for (JsonNode root : new ObjectMapper().readTree(plan)) {
        bytes += kept(root);
      }
      return (long) Math.min(bytes, Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DuckDB's plan is no JSON: " + plan, e);
    }
  }

  private static double kept(JsonNode node) {
    String name = node.path("name").asText().strip();
    JsonNode children = node.path("children");
    double bytes = 0;
    if (KEEP_THEIR_INPUT.contains(name)) {
      bytes += size(children.path(0));
    } else if (KEEP_THEIR_OUTPUT.contains(name)) {
      bytes += size(node);
    } else if (KEEP_THEIR_RIGHT_SIDE.contains(name)) {
      bytes += size(children.path(1));
    }
    for (JsonNode child : children) {
      bytes += kept(child);
    }
    return bytes;
  }

  private static double size(JsonNode node) {
    return rows(node) * Math.max(1, columns(node)) * BYTES_PER_VALUE;
  }

  private static double rows(JsonNode node) {
    JsonNode known = node.path("extra_info").path("Estimated Cardinality");
    if (!known.isMissingNode()) {
      return known.asDouble();
    }
    double rows = 0;
    for (JsonNode child : node.path("children")) {
      rows = Math.max(rows, rows(child));
    }
    return rows;
  }

  private static int columns(JsonNode node) {
    JsonNode info = node.path("extra_info");
    if (info.has("Projections")) {
      return length(info.get("Projections"));
    }
    if (info.has("Groups") || info.has("Aggregates")) {
      return length(info.path("Groups")) + length(info.path("Aggregates"));
    }
    int columns = 0;
    for (JsonNode child : node.path("children")) {
      columns += columns(child);
    }
    return columns;
  }

  // One value is written without a list.
  private static int length(JsonNode list) {
    return list.isArray() ? list.size() : list.asText().isEmpty() ? 0 : 1;
  }
}
