package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which the tables of a pipeline can run. */
public final class TableOrder {
  private TableOrder() {}

  private record Step(String table, Iterator<String> reads) {}

  /**
   * Every table after the tables that it reads, and otherwise in the map's order.
   *
   * @param reads for each table the tables that it reads; names that are not keys of the map are
   *     not tables of the pipeline and are passed over
   * @throws KindlingException PIPELINE_CYCLE when a table depends on itself
   */
  public static List<String> of(Map<String, ? extends Set<String>> reads) {
    List<String> order = new ArrayList<>(reads.size());
    // Absent: not seen. False: above, on the path from the table that was begun with. True: done.
    Map<String, Boolean> done = new LinkedHashMap<>();
    for (String table : reads.keySet()) {
      if (!done.containsKey(table)) {
        visit(table, reads, done, order);
      }
    }
    return List.copyOf(order);
  }

  // A loop with its own stack: a chain of tables may be longer than the thread's stack is deep.
  private static void visit(
      String first,
      Map<String, ? extends Set<String>> reads,
      Map<String, Boolean> done,
      List<String> order) {
    Deque<Step> path = new ArrayDeque<>();
    path.addLast(new Step(first, reads.get(first).iterator()));
    done.put(first, false);
    while (!path.isEmpty()) {
      Step step = path.getLast();
      if (!step.reads().hasNext()) {
        path.removeLast();
        done.put(step.table(), true);
        order.add(step.table());
        continue;
      }
      String next = step.reads().next();
      if (!reads.containsKey(next)) {
        continue;
      }
      Boolean state = done.get(next);
      if (state == null) {
        done.put(next, false);
        path.addLast(new Step(next, reads.get(next).iterator()));
      } else if (!state) {
        throw cycle(next, path);
      }
    }
  }

  private static KindlingException cycle(String table, Deque<Step> path) {
    StringBuilder way = new StringBuilder();
    boolean inside = false;
    for (Step step : path) {
      inside |= step.table().equals(table);
      if (inside) {
        way.append(step.table()).append(" → ");
      }
    }
    way.append(table);
    return new KindlingException(
        ErrorCode.PIPELINE_CYCLE, "Pipeline table '" + table + "' depends on itself: " + way);
  }
}
