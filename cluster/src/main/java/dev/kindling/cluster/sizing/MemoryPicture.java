package dev.kindling.cluster.sizing;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Draws the memory of an executor as text. */
public final class MemoryPicture {
  private static final int BAR = 30;
  private static final String LINE = "| %-10s %-" + BAR + "s %12s | %s";
  private static final String OUTSIDE = "  %-10s %-" + BAR + "s %12s   %s";

  private MemoryPicture() {}

  /** An executor's place: the heap's regions in a box, below it what lies outside of the heap. */
  static List<String> of(ExecutorMemory memory) {
    long whole = memory.place();
    StringJoiner lines = new StringJoiner("\n");
    lines.add(heap(memory.regions(), whole));
    lines.add(part(OUTSIDE, "overhead", memory.overhead(), whole, "code, threads, buffers"));
    lines.add(part(OUTSIDE, "off-heap", memory.offHeap(), whole, "spark.memory.offHeap.size"));
    lines.add(part(OUTSIDE, "unused", whole - memory.total(), whole, "lost to rounding"));
    return lines.toString().lines().toList();
  }

  /** A heap alone. */
  public static List<String> of(MemoryRegions regions) {
    return heap(regions, regions.heap()).lines().toList();
  }

  private static String heap(MemoryRegions regions, long whole) {
    StringJoiner lines = new StringJoiner("\n");
    String title = "heap, spark.executor.memory ";
    String size = " " + Amounts.mb(regions.heap()) + " ";
    lines.add("+-" + title + "-".repeat(54 - title.length() - size.length()) + size + "-+");
    lines.add(part(LINE, "reserved", regions.reserved(), whole, "Spark's own, always 300 MB"));
    lines.add(part(LINE, "execution", regions.execution(), whole, "joins, sorts, aggregations"));
    lines.add(
        part(
            LINE,
            "storage",
            regions.storage(),
            whole,
            "cache; with execution " + Amounts.mb(regions.unified()) + ", 60 % of heap - 300 MB"));
    lines.add(part(LINE, "user", regions.user(), whole, "your objects, Spark's metadata"));
    lines.add("+" + "-".repeat(56) + "+");
    return lines.toString();
  }

  private static String part(String line, String name, long bytes, long whole, String what) {
    int length = bytes <= 0 ? 0 : (int) Math.max(1, Math.round((double) bytes * BAR / whole));
    return String.format(Locale.ROOT, line, name, "#".repeat(length), Amounts.mb(bytes), what)
        .stripTrailing();
  }
}
