package dev.kindling.spark.protocol;

import java.util.Map;

/**
 * Starts a fresh session: no temporary views, no tables, the settings of the launch and, over them,
 * these. A static setting that differs from the one in force fails with Spark's own error.
 *
 * @param conf session settings, such as {@code spark.sql.session.timeZone}
 */
public record Open(Map<String, String> conf) implements Request {
  public Open {
    conf = Map.copyOf(conf);
  }

  /** The names of the settings only: values may be secret. */
  @Override
  public String toString() {
    return "Open[conf=" + conf.keySet() + "]";
  }
}
