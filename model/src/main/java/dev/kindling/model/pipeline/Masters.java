package dev.kindling.model.pipeline;

import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of Spark's {@code spark.master}. */
public final class Masters {
  /** What is accepted, for messages. */
  public static final String ACCEPTED =
      "spark://host:7077, spark://host1:7077,host2:7077 or local[4]";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");
  private static final Pattern LOCAL =
      Pattern.compile("local|local\\[\\s*(\\*|[1-9]\\d*)\\s*(,\\s*[1-9]\\d*\\s*)?\\]");

  private Masters() {}

  /** Whether a text is meant to be a master and not the name of a target. */
  public static boolean isMaster(String text) {
    return text.contains("://")
        || text.equals("local")
        || text.startsWith("local[")
        || text.startsWith("local-cluster[")
        || text.equals("yarn");
  }

  /** Whether the application's driver starts all its tasks in its own process. */
  public static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  /** Whether a master is one of Spark's own clusters. */
  public static boolean isStandalone(String master) {
    return master.startsWith("spark://");
  }

  /** What is wrong with a master; empty when nothing is. */
  public static Optional<String> problem(String master) {
    if (isLocal(master)) {
      return Optional.empty();
    }
    if (!isStandalone(master)) {
      return Optional.of("is no master that Kindling starts applications on");
    }
    for (String host : master.substring("spark://".length()).split(",", -1)) {
      var parts = HOST_AND_PORT.matcher(host);
      if (!parts.matches()) {
        return Optional.of("has no host and port in '" + host + "'");
      }
      int port = Integer.parseInt(parts.group(2));
      if (port < 1 || port > 65535) {
        return Optional.of("has the port " + port + ", which does not exist");
      }
    }
    return Optional.empty();
  }
}
