package dev.kindling.spark35;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * Main class of a process that is a YARN cluster: Hadoop's own resource manager and one node
 * manager, which starts containers as processes. It ends when its input ends.
 */
public final class YarnCluster {
  private YarnCluster() {}

  /** Takes the folder in which {@code yarn-site.xml} appears, whole, once the cluster is up. */
  public static void main(String[] args) throws IOException {
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    int exitCode = 0;
    try {
      cluster.init(settings());
      cluster.start();
      publish(cluster.getConfig(), Path.of(args[0]));
      while (System.in.read() >= 0) {
        // Nothing is said to it; the end is what counts.
        continue;
      }
      cluster.stop();
    } catch (RuntimeException e) {
      System.err.println("The cluster does not start: " + e);
      exitCode = 1;
    }
    // Hadoop leaves threads behind.
    System.exit(exitCode);
  }

  private static Configuration settings() {
    Configuration conf = new YarnConfiguration();
    conf.set("fs.defaultFS", "file:///");
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
    conf.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    conf.setInt("yarn.minicluster.yarn.nodemanager.resource.memory-mb", 4096);
    conf.setInt("yarn.nodemanager.resource.cpu-vcores", 4);
    // A test machine's disk may be nearly full, and its processes reserve more than they use.
    conf.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100);
    conf.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    return conf;
  }

  private static void publish(Configuration conf, Path folder) throws IOException {
    Path whole = folder.resolve("yarn-site.xml");
    Path part = folder.resolve("yarn-site.part");
    try (OutputStream out = Files.newOutputStream(part)) {
      conf.writeXml(out);
    }
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
  }
}
