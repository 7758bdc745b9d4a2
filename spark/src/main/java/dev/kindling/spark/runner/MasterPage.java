package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.util.Optional;

/** The page of a master, in the form for programs. */
final class MasterPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  private MasterPage() {}

  /**
   * What it says; empty when it does not answer, asks for another token or for encryption.
   *
   * @param token proof of a right to see it, where it asks for one
   */
  static Optional<JsonNode> read(String host, int port, Optional<String> token) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) new URL("http", host, port, "/json/").openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
      try (InputStream body = connection.getInputStream()) {
        return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
      }
    } catch (IOException e) {
      // Others may not be let in there: whoever asks has a slower way to learn it.
      return Optional.empty();
    }
  }
}
