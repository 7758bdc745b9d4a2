package dev.kindling.spark35;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;

/** What the processes with Hadoop's servers have in common. */
final class Servers {
  private Servers() {}

  /** Writes the settings of servers that are up, which appear whole; returns when input ends. */
  static void serve(Configuration conf, Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      conf.writeXml(out);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end is what counts.
      continue;
    }
  }
}
