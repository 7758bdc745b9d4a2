package dev.kindling.spark35;

import java.io.IOException;
import java.nio.file.Path;
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
      Servers.serve(cluster.getConfig(), Path.of(args[0], "yarn-site.xml"));
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
    // How tests make the containers' Java start fast.
    conf.set(
        YarnConfiguration.NM_ENV_WHITELIST,
        YarnConfiguration.DEFAULT_NM_ENV_WHITELIST + ",JDK_JAVA_OPTIONS");
    // A test machine's disk may be nearly full, and its processes reserve more than they use.
    conf.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100);
    conf.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    return conf;
  }
}
