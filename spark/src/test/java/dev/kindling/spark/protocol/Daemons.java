package dev.kindling.spark.protocol;

import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Master and Workers of Spark's own on this machine, as processes of a test. */
final class Daemons implements AutoCloseable {
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
  private static final Pattern ELECTED = Pattern.compile("New state: ALIVE");
  private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://\\S+)");

  private final Path folder;
  private final Path properties;
  private final List<Process> processes = new ArrayList<>();
  private final String master;
  private final Path masterLog;

  Daemons(Path folder, Map<String, String> conf) throws IOException {
    this.folder = folder;
    properties = folder.resolve("daemons.properties");
    Properties lines = new Properties();
    lines.putAll(conf);
    try (var out = Files.newBufferedWriter(properties)) {
      lines.store(out, null);
    }
    Files.createDirectories(folder.resolve("home/jars"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    masterLog =
        start(
            "master",
            List.of("org.apache.spark.deploy.master.Master", "--port", Integer.toString(port)));
    master = await(masterLog, STARTED).group(1);
    await(masterLog, ELECTED);
  }

  String master() {
    return master;
  }

  /** Waits until the master's log has so many places that match. */
  void awaitMaster(Pattern line, int times) {
    Awaitility.await(times + " × " + line.pattern())
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> inMasterLog(line) >= times);
  }

  /** How many places of the master's log match. */
  int inMasterLog(Pattern line) {
    return (int) line.matcher(read(masterLog)).results().count();
  }

  void addWorker(int cores, String memory) throws IOException {
    String name = "worker" + processes.size();
    Path log =
        start(
            name,
            List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                Integer.toString(cores),
                "--memory",
                memory,
                "--work-dir",
                folder.resolve(name).toString(),
                master));
    await(log, REGISTERED);
  }

  private Path start(String name, List<String> program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(SparkInstallation.moduleOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.get(0));
    command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    command.addAll(List.of("--properties-file", properties.toString()));
    command.addAll(program.subList(1, program.size()));
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local-" + name).toString());
    // Executors have the test's class path, not that of a distribution.
    builder.environment().put("SPARK_DIST_CLASSPATH", System.getProperty("java.class.path"));
    processes.add(builder.start());
    return log;
  }

  private static Matcher await(Path log, Pattern line) {
    return Awaitility.await(line.pattern())
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> line.matcher(read(log)), Matcher::find);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroy();
    }
    for (Process process : processes) {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
