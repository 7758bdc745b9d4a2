package dev.kindling.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.util.Optional;

/** The page of a Master or Worker in the form for programs. */
final class Page {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 1000;
  private static final int READ_MILLIS = 3000;

  private Page() {}

  /**
   * What the page says at the moment; empty when it does not answer.
   *
   * @param url of the page, without a slash at the end
   * @param token proof of a right to see it, where it asks for one
   */
  static Optional<JsonNode> read(String url, Optional<String> token) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) url(url + "/json/").openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
      try (InputStream body = connection.getInputStream()) {
        return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
      }
    } catch (IOException e) {
      // Not up yet, ending, or dead: the caller looks again or shows that there is no answer.
      return Optional.empty();
    }
  }

  private static URL url(String text) {
    try {
      return new URL(text);
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
