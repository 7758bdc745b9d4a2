package dev.kindling.doctor.facts;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tasks of one stage that succeeded, a column for each figure: a log may have millions of them.
 * Numbered from 0 in the order of their ends.
 */
public final class Tasks {
  private static final int FIRST = 8;

  private final Map<Measure, long[]> columns = new EnumMap<>(Measure.class);
  private final Map<String, Integer> localities = new TreeMap<>();
  private String[] executors = new String[FIRST];
  private int count;
  private int speculative;

  Tasks() {
    for (Measure measure : Measure.values()) {
      columns.put(measure, new long[FIRST]);
    }
  }

  void add(Map<Measure, Long> figures, String executor, String locality, boolean wasSpeculative) {
    if (count == executors.length) {
      executors = Arrays.copyOf(executors, 2 * count);
      columns.replaceAll((measure, values) -> Arrays.copyOf(values, 2 * count));
    }
    figures.forEach((measure, value) -> columns.get(measure)[count] = value);
    executors[count] = executor.intern();
    localities.merge(locality, 1, Integer::sum);
    speculative += wasSpeculative ? 1 : 0;
    count++;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** How many of them were second copies of slow ones. */
  public int speculative() {
    return speculative;
  }

  /** One figure of one task. */
  public long get(Measure measure, int task) {
    if (task >= count) {
      throw new IndexOutOfBoundsException(task);
    }
    return columns.get(measure)[task];
  }

  /** Where a task ran. */
  public String executor(int task) {
    if (task >= count) {
      throw new IndexOutOfBoundsException(task);
    }
    return executors[task];
  }

  public Spread spread(Measure measure) {
    return Spread.of(Arrays.copyOf(columns.get(measure), count));
  }

  public long sum(Measure measure) {
    long sum = 0;
    for (int task = 0; task < count; task++) {
      sum += columns.get(measure)[task];
    }
    return sum;
  }

  /** The task with the most of it; -1 when there is none. */
  public int largest(Measure measure) {
    int largest = -1;
    for (int task = 0; task < count; task++) {
      if (largest < 0 || get(measure, task) > get(measure, largest)) {
        largest = task;
      }
    }
    return largest;
  }

  /** How many tasks ran how near to their data, by Spark's words, such as NODE_LOCAL. */
  public Map<String, Integer> localities() {
    return Map.copyOf(localities);
  }
}
