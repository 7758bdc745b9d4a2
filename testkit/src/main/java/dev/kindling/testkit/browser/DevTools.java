package dev.kindling.testkit.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The conversation with one page of Chromium: commands with answers, and events in between. */
final class DevTools implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DEADLINE_SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final StringBuilder part = new StringBuilder();

  /** By its name; guarded by this object. */
  private final Map<String, List<JsonNode>> events = new HashMap<>();

  private WebSocket socket;
  private int asked;

  private DevTools() {}

  /** Waits until the browser listens, and connects to its first page. */
  static DevTools connect(Process browser, Path profile) throws IOException {
    HttpClient http =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(null))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    int port = awaitPort(browser, profile);
    try {
      JsonNode targets =
          JSON.readTree(
              http.send(
                      HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body());
      for (JsonNode target : targets) {
        if (target.path("type").asText().equals("page")) {
          DevTools page = new DevTools();
          page.socket =
              http.newWebSocketBuilder()
                  .buildAsync(URI.create(target.path("webSocketDebuggerUrl").asText()), page)
                  .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
          return page;
        }
      }
      throw new IOException("The browser has no page: " + targets);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Cannot talk to the browser", e);
    }
  }

  // The browser writes the port that it chose into this file of its profile.
  private static int awaitPort(Process browser, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (System.nanoTime() < end && browser.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) {
        return Integer.parseInt(lines.get(0));
      }
      try {
        boolean ended = browser.waitFor(20, TimeUnit.MILLISECONDS);
        assert ended || browser.isAlive();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new IOException(
        "The browser did not start:\n" + Files.readString(profile.resolve("browser.log")));
  }

  JsonNode ask(String command) {
    return ask(command, JSON.createObjectNode());
  }

  /** Gives a command and waits for its answer. */
  JsonNode ask(String command, ObjectNode parameters) {
    asked++;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(asked, answer);
    ObjectNode message = JSON.createObjectNode();
    message.put("id", asked);
    message.put("method", command);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    JsonNode reply = await(answer, command);
    if (reply.has("error")) {
      throw new AssertionError(command + ": " + reply.path("error"));
    }
    return reply.path("result");
  }

  /** Forgets the events of a name that came so far. */
  synchronized void forget(String name) {
    events.remove(name);
  }

  /** Waits for an event, or finds one that came since {@link #forget}. */
  synchronized void awaitEvent(String name) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    try {
      while (!events.containsKey(name)) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("No " + name + " within " + DEADLINE_SECONDS + " s");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The events of a name that came so far. */
  synchronized List<JsonNode> events(String name) {
    return List.copyOf(events.getOrDefault(name, List.of()));
  }

  private static JsonNode await(CompletableFuture<JsonNode> answer, String command) {
    try {
      return answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(command + " had no answer within " + DEADLINE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw new AssertionError(command + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      String message = part.toString();
      part.setLength(0);
      try {
        take(JSON.readTree(message));
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
    }
    from.request(1);
    return null;
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    synchronized (this) {
      events
          .computeIfAbsent(message.path("method").asText(), name -> new ArrayList<>())
          .add(message.path("params"));
      notifyAll();
    }
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    waiting.values().forEach(answer -> answer.completeExceptionally(error));
  }

  void close() {
    socket.abort();
  }
}
