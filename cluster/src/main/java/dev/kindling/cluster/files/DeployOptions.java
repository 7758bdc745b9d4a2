package dev.kindling.cluster.files;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What files need to know beside the sizes.
 *
 * @param hosts names of the machines, for systemd
 * @param namespace where applications run, for Kubernetes
 * @param machine the provider's name for a machine of the size, for clouds; empty to choose one
 * @param spotShare how many of the nodes are spot, from 0 to 1, for clouds
 */
public record DeployOptions(
    List<String> hosts, String namespace, Optional<String> machine, double spotShare) {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern MACHINE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * @throws KindlingException USAGE for names that cannot be
   */
  public DeployOptions {
    hosts = List.copyOf(hosts);
    requireNonNull(namespace, "namespace is null");
    requireNonNull(machine, "machine is null");
    Set<String> seen = new HashSet<>();
    for (String host : hosts) {
      named(HOST, host, "--hosts", "names or addresses of hosts, with commas between them");
      if (!seen.add(host)) {
        throw new KindlingException(
            ErrorCode.USAGE, "Host '" + host + "' stands twice in --hosts.");
      }
    }
    named(NAMESPACE, namespace, "--namespace", "small letters, digits and '-', up to 63");
    machine.ifPresent(type -> named(MACHINE, type, "--machine", "a type such as m6i.4xlarge"));
    if (!(spotShare >= 0 && spotShare <= 1)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot use %s as a share of spot nodes (accepted for --spot: 0 to 1, such as 0.5)."
              .formatted(spotShare));
    }
  }

  private static void named(Pattern form, String text, String option, String accepted) {
    if (!form.matcher(text).matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot use '%s' of %s (accepted: %s).".formatted(text, option, accepted));
    }
  }
}
