package dev.kindling.cluster.local;

import java.util.Locale;

/** What a process of a cluster does. The order is the order of starting. */
public enum Role {
  ZOOKEEPER("org.apache.zookeeper.server.quorum.QuorumPeerMain"),
  MASTER("org.apache.spark.deploy.master.Master"),
  WORKER("org.apache.spark.deploy.worker.Worker"),
  HISTORY("org.apache.spark.deploy.history.HistoryServer");

  private final String mainClass;

  Role(String mainClass) {
    this.mainClass = mainClass;
  }

  String mainClass() {
    return mainClass;
  }

  /** The role as people write it: {@code worker}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
