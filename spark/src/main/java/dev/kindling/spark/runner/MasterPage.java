package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a master: what it tells that the master does not say by Spark's own protocol.
 *
 * @param token proof of a right to see it, where it asks for one
 */
record MasterPage(String host, int port, Optional<String> token) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern VERSION = Pattern.compile("class=\"version\"[^>]*>\\s*([^<\\s]+)");
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 5_000;

  /** What of the cluster is in use; empty when the page cannot be read. */
  Optional<Occupancy> occupancy() {
    return read("/json/", JSON::readTree).filter(JsonNode::isObject).map(Occupancy::of);
  }

  /** The version of the master's Spark, such as {@code 4.0.1}; empty when it cannot be read. */
  Optional<String> version() {
    return read("/", body -> new String(body.readAllBytes(), StandardCharsets.UTF_8))
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(InputStream body) throws IOException;
  }

  private <T> Optional<T> read(String path, Reading<T> reading) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) new URL("http", host, port, path).openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
      try (InputStream body = connection.getInputStream()) {
        return Optional.ofNullable(reading.from(body));
      }
    } catch (IOException e) {
      // No answer, another token, encryption: whoever asks has a slower way to learn it.
      return Optional.empty();
    }
  }
}
