package dev.kindling.cluster.local;

import dev.kindling.cluster.page.UserFilter;
import dev.kindling.model.process.SparkInstallation;
import java.util.Map;
import java.util.Optional;

/** Spark's settings: for the processes of a cluster, and for the applications that use it. */
final class Settings {
  private Settings() {}

  /**
   * For the processes.
   *
   * @param secret what a secure cluster asks of everyone; else empty
   * @param limit what an application gets that asks for nothing; empty for all
   */
  static Map<String, String> daemons(
      ClusterFolder folder,
      ClusterPlan plan,
      Map<String, String> secret,
      Optional<ApplicationLimit> limit) {
    Map<String, String> settings = SecretSettings.withoutSigningKey(secret);
    limit.ifPresent(found -> settings.putAll(found.forProcesses()));
    // A process whose port is taken must say so, and not take the next one, where nobody looks.
    settings.put("spark.port.maxRetries", "0");
    settings.put("spark.decommission.enabled", "true");
    settings.put("spark.history.fs.logDirectory", folder.events().toUri().toString());
    settings.put("spark.history.fs.update.interval", "2s");
    boolean rest = plan.daemons().stream().anyMatch(daemon -> daemon.restPort().isPresent());
    settings.put("spark.master.rest.enabled", String.valueOf(rest));
    plan.daemons().stream()
        .filter(daemon -> daemon.role() == Role.ZOOKEEPER)
        .findFirst()
        .ifPresentOrElse(
            zooKeeper -> {
              settings.put("spark.deploy.recoveryMode", "ZOOKEEPER");
              settings.put("spark.deploy.zookeeper.url", zooKeeper.host() + ":" + zooKeeper.port());
              settings.put("spark.deploy.zookeeper.dir", "/spark");
            },
            () -> {
              settings.put("spark.deploy.recoveryMode", "ROCKSDB");
              settings.put("spark.deploy.recoveryDirectory", folder.recovery().toString());
            });
    return settings;
  }

  /**
   * For applications.
   *
   * @param host address of this machine that the cluster's processes reach a driver at
   * @param limit what an application gets that asks for nothing; empty for all
   * @param eventLog whether their event logs go to this cluster's folder
   */
  static Map<String, String> drivers(
      ClusterFolder folder,
      String masterUrl,
      String host,
      Map<String, String> secret,
      Optional<ApplicationLimit> limit,
      boolean eventLog,
      SparkInstallation installation) {
    Map<String, String> settings = SecretSettings.withoutSigningKey(secret);
    limit.ifPresent(found -> settings.putAll(found.forApplications()));
    if (!secret.isEmpty()) {
      // The driver's pages check tokens by a class of ours, which another Spark does not have.
      settings.put("spark.driver.extraClassPath", UserFilter.jar().toString());
    }
    settings.put("spark.master", masterUrl);
    settings.put("spark.driver.host", host);
    settings.put("spark.driver.bindAddress", host);
    if (eventLog) {
      settings.put("spark.eventLog.enabled", "true");
      settings.put("spark.eventLog.dir", folder.events().toUri().toString());
    }
    // With these, an executor whose Worker is drained hands its data on before it ends.
    settings.put("spark.decommission.enabled", "true");
    settings.put("spark.storage.decommission.enabled", "true");
    settings.put("spark.storage.decommission.shuffleBlocks.enabled", "true");
    settings.put("spark.storage.decommission.rddBlocks.enabled", "true");
    if (installation.archive().isPresent()) {
      // Java uses an archive only when its class path begins with that of the archive.
      settings.put("spark.executor.extraClassPath", installation.classPathArgument());
      settings.put(
          "spark.executor.extraJavaOptions",
          "-XX:SharedArchiveFile=" + installation.archive().get());
    }
    return settings;
  }

  /** ZooKeeper's own file. */
  static String zooKeeper(ClusterFolder folder, Daemon zooKeeper) {
    // Spark asks for sessions of a minute. With these, a Master that died is missed after four
    // seconds.
    return """
        tickTime=500
        minSessionTimeout=1000
        maxSessionTimeout=4000
        clientPortAddress=%s
        clientPort=%d
        dataDir=%s
        admin.enableServer=false
        """
        .formatted(zooKeeper.host(), zooKeeper.port(), folder.zooKeeperData());
  }
}
