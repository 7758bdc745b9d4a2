package dev.kindling.cluster.local;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Ports for new processes. One object gives no port twice. */
final class Ports {
  // Below the ports that systems give to outgoing connections: none of those can take a port
  // between now and the start of the process that it is for.
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final int TRIES = 200;
  private static final int CONNECT_MILLIS = 1000;

  private final Random random = new Random();
  private final Set<Integer> given = new HashSet<>();

  /** A port that nobody listens on at this address. */
  int free(String host) {
    for (int i = 0; i < TRIES; i++) {
      int port = FIRST + random.nextInt(COUNT);
      if (given.add(port) && canListen(host, port)) {
        return port;
      }
    }
    throw new KindlingException(
        ErrorCode.PORT_TAKEN,
        "Found no free port from %d to %d at %s after %d tries."
            .formatted(FIRST, FIRST + COUNT - 1, host, TRIES));
  }

  /**
   * This very port.
   *
   * @param what is to listen there, for the message
   * @throws KindlingException PORT_TAKEN when somebody else listens there
   */
  int exactly(String host, int port, String what) {
    if (!canListen(host, port)) {
      throw new KindlingException(
          ErrorCode.PORT_TAKEN,
          ("Port %d at %s, meant for %s, is taken by another program. End that program, or leave"
                  + " --classic-ports away for ports that are free.")
              .formatted(port, host, what));
    }
    given.add(port);
    return port;
  }

  /** Whether processes of this machine can listen at this address. */
  static boolean isOurs(String host) {
    return canListen(host, 0);
  }

  /**
   * Checks an address that the user gave.
   *
   * @throws KindlingException USAGE when processes of this machine cannot listen there
   */
  static void requireOurs(String host) {
    if (!isOurs(host)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          ("Cannot listen at '%s' (--host): expected an address of this machine, or a name of one;"
                  + " 'ip address' or 'hostname -I' show them.")
              .formatted(host));
    }
  }

  /** Whether somebody listens there. */
  static boolean isOpen(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean canListen(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A port whose last connections are closing is free, as it is for Spark.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
