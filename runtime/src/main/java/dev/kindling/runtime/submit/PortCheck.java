package dev.kindling.runtime.submit;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * Whether the ports are free that a driver of this machine is to listen on. Spark takes the next
 * one where it may, and otherwise ends with a long exception.
 */
final class PortCheck {
  private static final List<String> PORTS =
      List.of("spark.driver.port", "spark.blockManager.port", "spark.ui.port");

  private PortCheck() {}

  /**
   * Tries those that the settings fix.
   *
   * @throws KindlingException PORT_TAKEN
   */
  static void run(Map<String, String> conf) {
    if (!conf.getOrDefault("spark.port.maxRetries", "16").strip().equals("0")) {
      return;
    }
    for (String key : PORTS) {
      String text = conf.getOrDefault(key, "0").strip();
      if (text.matches("\\d{1,5}") && !text.equals("0")) {
        bind(key, Integer.parseInt(text), conf.getOrDefault("spark.driver.bindAddress", "0.0.0.0"));
      }
    }
  }

  private static void bind(String key, int port, String address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new KindlingException(
          ErrorCode.PORT_TAKEN,
          "Cannot listen on port %d of %s (%s): %s. Name another, or leave it to Spark to find one with %s=0."
              .formatted(port, address, key, e.getMessage(), key),
          e);
    }
  }
}
