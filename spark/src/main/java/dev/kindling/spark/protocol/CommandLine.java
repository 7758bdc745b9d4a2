package dev.kindling.spark.protocol;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of the child process. */
final class CommandLine {

  /**
   * The packages that Spark 4.0 reaches into, the same for Java 17 and 21: those of Spark's own
   * {@code JavaModuleOptions}. Its incubating vector module is left out: only linear algebra uses
   * it, it prints a warning, and it keeps the class-data archive's module graph from being used.
   */
  static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

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
    for (String name : OPENS) {
      command.add("--add-opens=" + name + "=ALL-UNNAMED");
    }
    command.add("-Djdk.reflect.useDirectMethodHandle=false");
    command.add("-Dio.netty.tryReflectionSetAccessible=true");
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
