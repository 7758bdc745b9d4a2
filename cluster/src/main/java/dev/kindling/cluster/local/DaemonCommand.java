package dev.kindling.cluster.local;

import dev.kindling.model.process.SparkInstallation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line and the environment of a cluster's process. */
final class DaemonCommand {
  // Spark's default for its daemons is a gigabyte; a cluster on one machine needs far less.
  private static final String HEAP = "-Xmx256m";

  private final ClusterFolder folder;
  private final SparkInstallation installation;

  DaemonCommand(ClusterFolder folder, SparkInstallation installation) {
    this.folder = folder;
    this.installation = installation;
  }

  List<String> line(Daemon daemon, String masterUrl) {
    List<String> line = new ArrayList<>(detached());
    line.add(installation.java().toString());
    line.addAll(jvmOptions(daemon));
    line.add("-cp");
    line.add(installation.classPathArgument());
    line.add(daemon.role().mainClass());
    switch (daemon.role()) {
      case ZOOKEEPER -> line.add(folder.zooKeeperSettings().toString());
      case MASTER -> line.addAll(listening(daemon));
      case WORKER -> {
        WorkerSize size = daemon.size().orElseThrow();
        line.addAll(listening(daemon));
        line.addAll(List.of("--cores", String.valueOf(size.cores())));
        line.addAll(List.of("--memory", size.memoryMebibytes() + "m"));
        line.addAll(List.of("--work-dir", folder.work(daemon.name()).toString()));
        line.add(masterUrl);
      }
      case HISTORY ->
          line.addAll(List.of("--properties-file", folder.daemonProperties().toString()));
    }
    return line;
  }

  private List<String> listening(Daemon daemon) {
    return List.of(
        "--host",
        daemon.host(),
        "--port",
        String.valueOf(daemon.port()),
        "--webui-port",
        String.valueOf(daemon.webPort().orElseThrow()),
        // Not on the command line, which every user of the machine can see.
        "--properties-file",
        folder.daemonProperties().toString());
  }

  private List<String> jvmOptions(Daemon daemon) {
    List<String> options = new ArrayList<>();
    options.add(HEAP);
    // Little memory, little work: the collector and the compiler that start fastest.
    options.add("-XX:+UseSerialGC");
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-XX:-UsePerfData");
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add("-XX:ErrorFile=" + folder.logs().resolve(daemon.name() + "-crash-%p.log"));
    options.add("-Xlog:disable");
    options.add("-Xlog:all=error:stderr");
    options.add("-Xshare:auto");
    installation.archive().ifPresent(file -> options.add("-XX:SharedArchiveFile=" + file));
    options.addAll(SparkInstallation.moduleOptions());
    options.add("-Djava.awt.headless=true");
    options.add("-Dfile.encoding=UTF-8");
    options.add("-Djava.io.tmpdir=" + folder.temporary());
    // The class path may hold a logging provider that throws everything away.
    options.add("-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider");
    // For people who look at the list of processes.
    options.add("-Dkindling.cluster=" + folder.name());
    daemon
        .restPort()
        .ifPresent(
            port -> {
              options.add("-Dspark.master.rest.host=" + daemon.host());
              options.add("-Dspark.master.rest.port=" + port);
            });
    if (daemon.role() == Role.MASTER) {
      // Everyone with a token may see who uses the cluster. A Worker's pages have the logs of all
      // applications, and those are not for everyone.
      options.add("-Dspark.ui.view.acls=*");
    }
    if (daemon.role() == Role.HISTORY) {
      options.add("-Dspark.history.ui.port=" + daemon.port());
    }
    return options;
  }

  /** Turns this process's environment into the daemon's. */
  void adjust(Map<String, String> environment, Daemon daemon) {
    // Settings for another Spark, and notes between the launcher and this process.
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("SPARK_")
                    || name.startsWith("_SPARK_")
                    || name.startsWith("KINDLING_"));
    environment.put("SPARK_LOCAL_IP", daemon.host());
    environment.put("SPARK_PUBLIC_DNS", daemon.host());
    environment.put("SPARK_HOME", folder.sparkHome().toString());
    environment.put("SPARK_CONF_DIR", folder.sparkHome().resolve("conf").toString());
    // A Worker otherwise looks for it in the folders of a Spark that is built from source.
    environment.put("SPARK_SCALA_VERSION", "2.13");
    environment.put("JAVA_HOME", installation.javaHome().toString());
    if (daemon.role() == Role.WORKER) {
      environment.put("SPARK_LOCAL_DIRS", folder.local(daemon.name()).toString());
    }
    // Without a locale Java 17 cannot open a file whose name is not ASCII.
    if (!environment.containsKey("LC_ALL")
        && !environment.containsKey("LC_CTYPE")
        && !environment.containsKey("LANG")) {
      environment.put("LC_ALL", "C.UTF-8");
    }
  }

  // In a session of its own a process gets neither the Ctrl-C of the terminal that it was started
  // from nor the end of that terminal. Where there is no such program (macOS), it at least does not
  // hear of the end. Both become the daemon, so that its process id is the one of what is started.
  private static List<String> detached() {
    return program("setsid").or(() -> program("nohup")).map(List::of).orElse(List.of());
  }

  private static Optional<String> program(String name) {
    return Arrays.stream(
            System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
