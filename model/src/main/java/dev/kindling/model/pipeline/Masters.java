package dev.kindling.model.pipeline;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The forms of Spark's {@code spark.master}. */
public final class Masters {
  /** What is accepted, for messages. */
  public static final String ACCEPTED =
      "spark://host:7077, spark://host1:7077,host2:7077, k8s://https://host:6443, yarn or local[4]";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");
  private static final String STANDALONE = "spark://";
  private static final String KUBERNETES = "k8s://";
  private static final String YARN = "yarn";
  private static final Pattern LOCAL =
      Pattern.compile("local|local\\[\\s*(\\*|[1-9]\\d*)\\s*(,\\s*[1-9]\\d*\\s*)?\\]");

  private Masters() {}

  /** Whether a text is meant to be a master and not the name of a target. */
  public static boolean isMaster(String text) {
    return text.contains("://")
        || text.equals("local")
        || text.startsWith("local[")
        || text.startsWith("local-cluster[")
        || text.equals(YARN);
  }

  /** Whether the application's driver starts all its tasks in its own process. */
  public static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  /** Whether a master is one of Spark's own clusters. */
  public static boolean isStandalone(String master) {
    return master.startsWith(STANDALONE);
  }

  /** Whether a master is the API server of a Kubernetes cluster. */
  public static boolean isKubernetes(String master) {
    return master.startsWith(KUBERNETES);
  }

  /** Whether applications go to the Hadoop cluster that a Hadoop configuration names. */
  public static boolean isYarn(String master) {
    return master.equals(YARN);
  }

  /**
   * The address of a Kubernetes master, with the scheme and port that Spark takes where none is
   * given: {@code https} and 443.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static URI kubernetesUrl(String master) {
    String address = master.substring(KUBERNETES.length());
    URI url = URI.create(address.contains("://") ? address : "https://" + address);
    boolean http = "http".equals(url.getScheme());
    if (url.getHost() == null || !(http || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(master);
    }
    int port = url.getPort() < 0 ? (http ? 80 : 443) : url.getPort();
    return URI.create(
        url.getScheme() + "://" + url.getHost() + ":" + port + Objects.toString(url.getPath(), ""));
  }

  /** What is wrong with a master; empty when nothing is. */
  public static Optional<String> problem(String master) {
    if (isLocal(master) || isYarn(master)) {
      return Optional.empty();
    }
    if (isKubernetes(master)) {
      return kubernetesProblem(master);
    }
    if (!isStandalone(master)) {
      return Optional.of("is no master that Kindling starts applications on");
    }
    for (String host : master.substring(STANDALONE.length()).split(",", -1)) {
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

  private static Optional<String> kubernetesProblem(String master) {
    try {
      int port = kubernetesUrl(master).getPort();
      return port < 1 || port > 65535
          ? Optional.of("has the port " + port + ", which does not exist")
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("has no address of an API server behind '" + KUBERNETES + "'");
    }
  }
}
