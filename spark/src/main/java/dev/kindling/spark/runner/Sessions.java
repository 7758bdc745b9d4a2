package dev.kindling.spark.runner;

import dev.kindling.model.pipeline.Target;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.spark.protocol.Launch;
import dev.kindling.spark.protocol.TargetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Makes sessions. */
final class Sessions {
  private Sessions() {}

  /**
   * A session with its context.
   *
   * @param decided settings that it has because of its target
   */
  record Started(SparkSession session, List<SettingRecord> decided) {
    Started {
      decided = List.copyOf(decided);
    }
  }

  /** The first session. */
  static Started launch(Launch launch) throws IOException, InterruptedException {
    Files.createDirectories(launch.scratch());
    SparkConf conf = new SparkConf(false);
    defaults(launch).forEach(conf::set);
    launch.conf().forEach(conf::set);
    if (SparkVersion.isBefore4()) {
      Spark4Defaults.of(conf).forEach(conf::setIfMissing);
    }
    Optional<TargetCluster> cluster = TargetCluster.of(conf);
    List<SettingRecord> decided =
        new ArrayList<>(TargetSettings.of(conf.get("spark.master"), launch.conf()));
    cluster.ifPresent(found -> decided.addAll(found.settings(launch.conf())));
    decided.forEach(setting -> conf.set(setting.name(), setting.value()));
    if (cluster.isPresent()) {
      RunnerClasses.ship(conf);
      if (TargetCluster.isKubernetes(conf)) {
        // A pod would get a volume of its own at the place of this folder of the driver.
        conf.remove("spark.local.dir");
      }
    }
    conf.remove(Target.PAGE_TOKEN);
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    if (cluster.isPresent()) {
      Executors.await(session.sparkContext(), cluster.get());
    }
    return new Started(session, decided);
  }

  private static Map<String, String> defaults(Launch launch) {
    String local = launch.scratch().resolve("local").toAbsolutePath().toString();
    String warehouse = launch.scratch().resolve("warehouse").toAbsolutePath().toUri().toString();
    // Adaptive execution joins small shuffle partitions, so this is where it starts from: enough
    // for a large shuffle to fit into memory piece by piece, few enough for a small one to be
    // quick.
    int partitions = Math.max(16, 4 * launch.cores());
    return Map.ofEntries(
        Map.entry("spark.master", "local[" + launch.cores() + "]"),
        Map.entry("spark.app.name", "kindling"),
        Map.entry("spark.ui.enabled", "false"),
        Map.entry("spark.driver.host", "127.0.0.1"),
        Map.entry("spark.driver.bindAddress", "127.0.0.1"),
        Map.entry("spark.local.dir", local),
        Map.entry("spark.sql.warehouse.dir", warehouse),
        Map.entry("spark.sql.catalogImplementation", "in-memory"),
        Map.entry("spark.sql.shuffle.partitions", Integer.toString(partitions)),
        // As the spark-sql shell sets it: values reach the printer as java.time's types, which know
        // all dates of Spark's calendar.
        Map.entry("spark.sql.datetime.java8API.enabled", "true"),
        Map.entry("spark.sql.ui.retainedExecutions", "2"),
        Map.entry("spark.ui.retainedJobs", "50"),
        Map.entry("spark.ui.retainedStages", "50"),
        Map.entry("spark.ui.retainedTasks", "1000"),
        // Output goes to a staging folder that is thrown away when the query fails, so a second
        // round of renames protects nothing.
        Map.entry("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2"),
        // Staged files are published by name; Hadoop's hidden files of checksums beside them would
        // stay behind. A setting, because it has to reach the executors too.
        Map.entry("spark.hadoop.fs.file.impl", RawLocalFileSystem.class.getName()),
        Map.entry("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false"));
  }
}
