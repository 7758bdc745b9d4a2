package dev.kindling.e2e;

import java.nio.file.Path;
import java.util.List;

/** Processes of this machine. */
final class Processes {
  private Processes() {}

  /** Those that run and have this folder on their command lines. */
  static List<String> naming(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }
}
