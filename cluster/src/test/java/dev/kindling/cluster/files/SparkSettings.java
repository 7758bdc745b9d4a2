package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.spark.internal.config.ConfigEntry;

/** What Spark 4.0.1 has as settings. */
final class SparkSettings {
  /** Spark reads these by their bare names. */
  private static final Set<String> WITHOUT_ENTRY =
      Set.of("spark.master", "spark.default.parallelism", "spark.port.maxRetries");

  /** Spark's objects that hold settings register them when they are first used. */
  private static final List<Object> HOLDERS =
      List.of(
          org.apache.spark.internal.config.package$.MODULE$,
          org.apache.spark.internal.config.Deploy$.MODULE$,
          org.apache.spark.internal.config.History$.MODULE$,
          org.apache.spark.internal.config.Worker$.MODULE$,
          org.apache.spark.internal.config.UI$.MODULE$,
          org.apache.spark.sql.internal.SQLConf.SHUFFLE_PARTITIONS());

  private SparkSettings() {}

  static void assertKnown(Collection<String> keys) {
    assertThat(HOLDERS).doesNotContainNull();
    assertThat(keys).isNotEmpty();
    for (String key : keys) {
      boolean known = WITHOUT_ENTRY.contains(key) || ConfigEntry.findEntry(key) != null;
      // Those of the network's and Kubernetes' own modules have no entry in the core.
      assertThat(
              known
                  || key.startsWith("spark.network.crypto.")
                  || key.startsWith("spark.kubernetes."))
          .as(key)
          .isTrue();
    }
  }
}
