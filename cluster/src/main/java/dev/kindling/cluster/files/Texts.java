package dev.kindling.cluster.files;

import dev.kindling.cluster.sizing.Amounts;
import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingText;
import dev.kindling.cluster.sizing.SparkDefaultsConf;
import dev.kindling.model.ByteSize;
import java.util.List;
import java.util.stream.Collectors;

/** Parts that several templates take. */
final class Texts {
  private Texts() {}

  static String title(Sizing sizing) {
    return SizingText.title(sizing.request());
  }

  /** Lines of spark-defaults.conf, each indented by so many blanks. */
  static String defaults(Sizing sizing, int indent) {
    List<String> lines = SparkDefaultsConf.of(sizing);
    return lines.stream()
        .map(line -> line.isEmpty() ? "" : " ".repeat(indent) + line)
        .collect(Collectors.joining("\n"));
  }

  /** Cores that a Worker offers. */
  static String workerCores(Sizing sizing) {
    return String.valueOf(sizing.division().placesPerNode() * sizing.division().coresPerExecutor());
  }

  /** Memory that a Worker offers: heaps, for the Master counts nothing else. */
  static String workerMemory(Sizing sizing) {
    return sizing.division().placesPerNode() * sizing.memory().heap() / ByteSize.MIB + "m";
  }

  static String heap(Sizing sizing) {
    return Amounts.gb(sizing.memory().heap());
  }
}
