package dev.kindling.spark35;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * Main class of a process that is an HDFS: Hadoop's own NameNode and one DataNode. It ends when its
 * input ends.
 */
public final class HdfsCluster {
  private HdfsCluster() {}

  /** Takes the folder in which {@code core-site.xml} appears, whole, once both are up. */
  public static void main(String[] args) throws IOException {
    Configuration conf = new HdfsConfiguration();
    conf.setBoolean("dfs.namenode.edits.noeditlogchannelflush", true);
    int exitCode = 0;
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(conf, Path.of("files").toAbsolutePath().toFile())
            .numDataNodes(1)
            .build()) {
      cluster.waitActive();
      Servers.serve(cluster.getConfiguration(0), Path.of(args[0], "core-site.xml"));
    } catch (RuntimeException e) {
      System.err.println("HDFS does not start: " + e);
      exitCode = 1;
    }
    // Hadoop leaves threads behind.
    System.exit(exitCode);
  }
}
