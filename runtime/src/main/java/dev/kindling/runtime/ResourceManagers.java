package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The resource managers of a Hadoop cluster, as its configuration names them. */
final class ResourceManagers {
  private static final String PREFIX = "yarn.resourcemanager.";
  private static final String DEFAULT_PORT = "8032";

  private ResourceManagers() {}

  /**
   * Their addresses, {@code host:port}; more than one where there are standbys.
   *
   * @throws KindlingException TARGET_SETTINGS when the target names no configuration, or one
   *     without any
   */
  static List<String> of(Target target) {
    Path folder =
        target
            .hadoopConf()
            .orElseThrow(
                () ->
                    problem(
                        target,
                        "runs on YARN and does not say where the cluster's configuration is. Name"
                            + " the folder with yarn-site.xml with hadoop_conf (for --target yarn,"
                            + " the variable HADOOP_CONF_DIR)"));
    Path file = folder.resolve("yarn-site.xml");
    if (!Files.isReadable(file)) {
      throw problem(target, "needs the Hadoop cluster's configuration, and there is no " + file);
    }
    Configuration conf = new Configuration(false);
    conf.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    List<String> addresses = new ArrayList<>();
    if (conf.getBoolean(PREFIX + "ha.enabled", false)) {
      for (String id : conf.getTrimmedStrings(PREFIX + "ha.rm-ids")) {
        address(conf, "." + id).ifPresent(addresses::add);
      }
    } else {
      address(conf, "").ifPresent(addresses::add);
    }
    if (addresses.isEmpty()) {
      throw problem(
          target,
          "needs a resource manager, and %s names none (%shostname or %saddress)"
              .formatted(file, PREFIX, PREFIX));
    }
    return addresses;
  }

  private static Optional<String> address(Configuration conf, String suffix) {
    String host = conf.getTrimmed(PREFIX + "hostname" + suffix);
    String address =
        conf.getTrimmed(
            PREFIX + "address" + suffix, host == null ? null : host + ":" + DEFAULT_PORT);
    return Optional.ofNullable(address)
        .map(text -> text.contains(":") ? text : text + ":" + DEFAULT_PORT)
        // What Hadoop takes where nothing is said.
        .filter(text -> !text.startsWith("0.0.0.0:"));
  }

  private static KindlingException problem(Target target, String what) {
    return new KindlingException(
        ErrorCode.TARGET_SETTINGS, "Target '%s' %s.".formatted(target.name(), what));
  }
}
