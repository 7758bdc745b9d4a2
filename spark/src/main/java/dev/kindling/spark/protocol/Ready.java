package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

/**
 * The session is up.
 *
 * @param sparkVersion such as 4.0.1
 * @param javaVersion the child's {@code java.version}
 * @param millis from the start of the child's virtual machine until now
 */
public record Ready(String sparkVersion, String javaVersion, long millis) implements Message {
  public Ready {
    requireNonNull(sparkVersion, "sparkVersion is null");
    requireNonNull(javaVersion, "javaVersion is null");
  }
}
