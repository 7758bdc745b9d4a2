package dev.kindling.runtime.pipeline;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Table;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.pipeline.Write;
import dev.kindling.storage.FileErrors;
import dev.kindling.storage.hdfs.Hdfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * The parts of HDFS that a pipeline writes to, with Hadoop's settings as the target and the
 * pipeline give them. Open as long as the run lasts.
 */
final class HdfsOutputs implements AutoCloseable {
  private static final String SETTING = "spark.hadoop.";
  private static final List<String> FILES = List.of("core-site.xml", "hdfs-site.xml");

  private final List<FileSystem> open = new ArrayList<>();

  private HdfsOutputs() {}

  /** Opens them; nothing is asked of a NameNode. */
  static HdfsOutputs open(Pipeline pipeline, Optional<Target> target) {
    Set<String> authorities = new TreeSet<>();
    for (Table table : pipeline.tables()) {
      table
          .write()
          .filter(write -> Hdfs.isPath(write.path()))
          .map(HdfsOutputs::authority)
          .ifPresent(authorities::add);
    }
    HdfsOutputs outputs = new HdfsOutputs();
    for (String authority : authorities) {
      try {
        outputs.open.add(Hdfs.open(authority, settings(pipeline, target)));
      } catch (IOException e) {
        throw FileErrors.translate(e, "open HDFS", Hdfs.path("hdfs://" + authority + "/"));
      }
    }
    return outputs;
  }

  private static String authority(Write write) {
    try {
      return Hdfs.authority(write.path());
    } catch (IllegalArgumentException e) {
      throw new KindlingException(
          ErrorCode.PIPELINE_VALUE, write.position() + ": The path " + e.getMessage(), e);
    }
  }

  private static Map<String, String> settings(Pipeline pipeline, Optional<Target> target) {
    Map<String, String> settings = new TreeMap<>();
    target
        .flatMap(Target::hadoopConf)
        .ifPresent(folder -> FILES.forEach(file -> addFile(folder.resolve(file), settings)));
    addSettings(pipeline.conf(), settings);
    target.ifPresent(known -> addSettings(known.conf(), settings));
    return settings;
  }

  private static void addFile(Path file, Map<String, String> settings) {
    if (Files.isReadable(file)) {
      Configuration conf = new Configuration(false);
      conf.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
      conf.forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
    }
  }

  private static void addSettings(Map<String, String> conf, Map<String, String> settings) {
    conf.forEach(
        (name, value) -> {
          if (name.startsWith(SETTING)) {
            settings.put(name.substring(SETTING.length()), value);
          }
        });
  }

  @Override
  public void close() {
    for (FileSystem fileSystem : open) {
      try {
        fileSystem.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
