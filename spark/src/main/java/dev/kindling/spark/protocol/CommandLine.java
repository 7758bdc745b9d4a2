package dev.kindling.spark.protocol;

import dev.kindling.model.process.SparkInstallation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of the child process. */
final class CommandLine {
  private static final String MAIN_CLASS = "dev.kindling.spark.runner.SparkRunner";
  private static final String LOG_CONFIGURATION =
      "classpath:dev/kindling/spark/runner/log4j2.properties";

  private CommandLine() {}

  static List<String> of(SparkSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(java(settings.javaHome()).toString());
    command.add("-Xmx" + settings.heapBytes());
    // The collector with the highest throughput: nobody waits for a pause of a batch query.
    command.add("-XX:+UseParallelGC");
    // What a thread cannot allocate, no other thread can either: end at once and say why, instead
    // of hanging half-dead.
    command.add("-XX:+ExitOnOutOfMemoryError");
    // Standard output belongs to the protocol.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add("-Xlog:disable");
    command.add("-Xlog:all=error:stderr");
    command.add("-Xshare:auto");
    settings.sharedArchive().ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
    command.addAll(SparkInstallation.moduleOptions());
    command.add("-Djava.awt.headless=true");
    // Native libraries are unpacked there, and Spark keeps files there that its own settings do not
    // reach: what a killed child leaves behind is deleted with the scratch folder.
    command.add("-Djava.io.tmpdir=" + temporary(settings));
    command.add("-XX:ErrorFile=" + crashReport(settings));
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dlog4j2.configurationFile=" + LOG_CONFIGURATION);
    // The parent's class path may hold a logging provider that throws everything away.
    command.add("-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider");
    command.addAll(settings.jvmOptions());
    command.add("-cp");
    command.add(
        settings.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN_CLASS);
    return command;
  }

  /** The child's folder for temporary files; must exist before the child starts. */
  static Path temporary(SparkSettings settings) {
    return settings.scratch().toAbsolutePath().resolve("tmp");
  }

  /** Where the virtual machine writes its report when it crashes: beside the log. */
  private static Path crashReport(SparkSettings settings) {
    return settings.log().toAbsolutePath().resolveSibling("spark-crash-%p.log");
  }

  private static Path java(Path home) {
    Path bin = home.resolve("bin");
    Path windows = bin.resolve("java.exe");
    return Files.exists(windows) ? windows : bin.resolve("java");
  }
}
