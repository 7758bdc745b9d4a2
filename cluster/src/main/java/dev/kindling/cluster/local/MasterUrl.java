package dev.kindling.cluster.local;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of one or more Masters: {@code spark://host:port,host:port}. */
final class MasterUrl {
  private static final String SCHEME = "spark://";
  private static final Pattern ADDRESS =
      Pattern.compile("([^:,/\\s]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
  private static final int CONNECT_MILLIS = 5000;
  private static final int LARGEST_PORT = 65_535;

  private MasterUrl() {}

  /**
   * The addresses in a URL, unresolved.
   *
   * @throws KindlingException USAGE when it is none
   */
  static List<InetSocketAddress> addresses(String url) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    if (url.startsWith(SCHEME)) {
      for (String text : url.substring(SCHEME.length()).split(",", -1)) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(2)) > LARGEST_PORT) {
          throw malformed(url);
        }
        addresses.add(
            InetSocketAddress.createUnresolved(
                address.group(1), Integer.parseInt(address.group(2))));
      }
    }
    if (addresses.isEmpty()) {
      throw malformed(url);
    }
    return addresses;
  }

  /**
   * The address of this machine that the first Master that answers sees.
   *
   * @throws KindlingException CLUSTER_FAILED when none answers
   */
  static String addressTowards(String url) {
    List<String> failures = new ArrayList<>();
    for (InetSocketAddress address : addresses(url)) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
        return socket.getLocalAddress().getHostAddress();
      } catch (IOException e) {
        failures.add(
            "%s:%d: %s".formatted(address.getHostString(), address.getPort(), e.getMessage()));
      }
    }
    throw new KindlingException(
        ErrorCode.CLUSTER_FAILED,
        ("No Master of %s answers: %s. Check that it runs, that it listens at an address that this"
                + " machine reaches ('kindling cluster up --host ADDRESS'), and that no firewall is"
                + " between.")
            .formatted(url, String.join("; ", failures)));
  }

  private static KindlingException malformed(String url) {
    return new KindlingException(
        ErrorCode.USAGE,
        "Cannot read the master '%s': expected spark://host:port, with several Masters"
                .formatted(url)
            + " spark://host:port,host:port. 'kindling cluster status' on its machine shows it.");
  }
}
