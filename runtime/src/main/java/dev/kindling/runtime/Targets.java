package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of an application on a target. */
public final class Targets {
  private static final int CONNECT_MILLIS = 5_000;

  private Targets() {}

  /**
   * What the application is started with: the session's settings, over them the target's, and the
   * address at which the target's processes reach this machine. Connects to the target's master, so
   * that a dead one is told at once and not after Spark's own patience of minutes.
   *
   * @throws KindlingException TARGET_UNREACHABLE; TARGET_SETTINGS when something is missing that
   *     this kind of cluster needs
   */
  public static Map<String, String> conf(Target target, Map<String, String> session) {
    Map<String, String> conf = new LinkedHashMap<>(session);
    if (!Masters.isLocal(target.master())) {
      String address = addressTowards(target);
      conf.put("spark.driver.bindAddress", address);
      conf.put("spark.driver.host", address);
    }
    conf.putAll(target.conf());
    conf.put("spark.master", target.master());
    if (Masters.isKubernetes(target.master())) {
      conf.put("spark.master", "k8s://" + Masters.kubernetesUrl(target.master()));
      KubernetesImage.check(target, conf);
    }
    return conf;
  }

  /** The settings that the user gave for an application there: the session's and the target's. */
  static Map<String, String> given(Target target, Map<String, String> session) {
    Map<String, String> given = new LinkedHashMap<>(session);
    given.putAll(target.conf());
    return given;
  }

  private static List<String> masters(Target target) {
    String master = target.master();
    if (Masters.isKubernetes(master)) {
      URI url = Masters.kubernetesUrl(master);
      return List.of(url.getHost() + ":" + url.getPort());
    } else if (Masters.isYarn(master)) {
      return ResourceManagers.of(target);
    }
    return List.of(master.substring("spark://".length()).split(","));
  }

  private static String addressTowards(Target target) {
    List<String> failures = new ArrayList<>();
    for (String master : masters(target)) {
      int colon = master.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              master.substring(0, colon).replaceAll("[\\[\\]]", ""),
              Integer.parseInt(master.substring(colon + 1)));
      if (address.isUnresolved()) {
        failures.add(master + ": there is no host of that name");
        continue;
      }
      try (Socket socket = new Socket()) {
        socket.connect(address, CONNECT_MILLIS);
        return socket.getLocalAddress().getHostAddress();
      } catch (IOException e) {
        failures.add(master + ": " + e.getMessage());
      }
    }
    throw new KindlingException(
        ErrorCode.TARGET_UNREACHABLE,
        "No master of target '%s' answers:%n  %s%nCheck that the cluster runs and that its port is open to this machine."
            .formatted(target.name(), String.join(System.lineSeparator() + "  ", failures)));
  }
}
