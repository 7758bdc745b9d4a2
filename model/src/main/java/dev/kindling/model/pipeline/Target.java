package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A Spark that a pipeline may run on, by a name of its own.
 *
 * @param name as the user calls it
 * @param master Spark's master: {@code spark://host:7077}, {@code k8s://https://host:6443}, {@code
 *     yarn}, {@code local[4]}, …
 * @param sparkHome the folder of the Spark that runs there; empty for Kindling's own
 * @param hadoopConf the folder with the configuration of a Hadoop cluster
 * @param conf settings of the application there, in file order
 */
public record Target(
    String name,
    String master,
    Optional<Path> sparkHome,
    Optional<Path> hadoopConf,
    Map<String, String> conf) {
  /** A setting with a token that the page of the target's master asks for; none of Spark's own. */
  public static final String PAGE_TOKEN = "spark.kindling.page.token";

  public Target {
    requireNonNull(name, "name is null");
    requireNonNull(master, "master is null");
    requireNonNull(sparkHome, "sparkHome is null");
    requireNonNull(hadoopConf, "hadoopConf is null");
    conf = Copies.ordered(conf);
  }

  /** One with Kindling's own Spark. */
  public Target(String name, String master, Map<String, String> conf) {
    this(name, master, Optional.empty(), Optional.empty(), conf);
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "Target[name=%s, master=%s, sparkHome=%s, hadoopConf=%s, conf=%s]"
        .formatted(name, master, sparkHome, hadoopConf, Redaction.redact(conf));
  }
}
