package dev.kindling.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the numbers were measured on.
 *
 * @param loadAverage of the last minute, as the run began; negative where the system has none
 */
record Machine(
    String processor,
    int processors,
    long memoryBytes,
    double loadAverage,
    String system,
    String java) {

  static Machine describe() {
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        os.getTotalMemorySize(),
        os.getSystemLoadAverage(),
        os.getName() + " " + os.getVersion() + " " + os.getArch(),
        System.getProperty("java.runtime.version"));
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      // Not every system has this file, and nothing depends on it.
      return "unknown processor";
    }
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %.0f GB, load average %.2f, %s, Java %s",
        processor,
        processors,
        memoryBytes / 1e9,
        loadAverage,
        system,
        java);
  }

  ObjectNode json(ObjectMapper json) {
    return json.createObjectNode()
        .put("processor", processor)
        .put("processors", processors)
        .put("memoryBytes", memoryBytes)
        .put("loadAverage", loadAverage)
        .put("system", system)
        .put("java", java);
  }
}
