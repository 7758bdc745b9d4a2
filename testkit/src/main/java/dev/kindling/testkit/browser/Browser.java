package dev.kindling.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, with one page, driven by its DevTools protocol. */
public final class Browser implements AutoCloseable {
  /** Why a test that needs a browser is left out. */
  public static final String MISSING =
      "needs Chromium: apt-get install chromium, or its path in KINDLING_CHROMIUM";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long END_SECONDS = 10;

  private final Process process;
  private final Path profile;
  private final DevTools page;

  private Browser(Process process, Path profile, DevTools page) {
    this.process = process;
    this.profile = profile;
    this.page = page;
  }

  /**
   * The program of the variable {@code KINDLING_CHROMIUM}, or one on the {@code PATH}; empty when
   * there is none.
   *
   * @throws IllegalStateException when there is none and {@code CI} is {@code true}, where nothing
   *     may be left out
   */
  public static Optional<Path> find(Map<String, String> environment) {
    String named = environment.getOrDefault("KINDLING_CHROMIUM", "");
    Optional<Path> program =
        named.isEmpty()
            ? Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
            : Optional.of(Path.of(named));
    if (program.isEmpty() && "true".equals(environment.get("CI"))) {
      throw new IllegalStateException("This test " + MISSING + ".");
    }
    return program;
  }

  /** Starts one with an empty profile and an empty page. */
  public static Browser start(Path program) {
    try {
      Path profile = Files.createTempDirectory("kindling-browser");
      List<String> command = new ArrayList<>(List.of(program.toString(), "--headless=new"));
      if (System.getProperty("user.name").equals("root")) {
        // Its sandbox does not start as root.
        command.add("--no-sandbox");
      }
      command.addAll(
          List.of(
              "--disable-gpu",
              "--disable-dev-shm-usage",
              "--disable-background-networking",
              "--disable-component-update",
              "--no-first-run",
              "--no-proxy-server",
              "--window-size=1200,900",
              "--remote-debugging-port=0",
              "--user-data-dir=" + profile,
              "about:blank"));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("browser.log").toFile())
              .start();
      boolean started = false;
      try {
        DevTools page = DevTools.connect(process, profile);
        page.ask("Page.enable");
        page.ask("Runtime.enable");
        page.ask("Network.enable");
        started = true;
        return new Browser(process, profile, page);
      } finally {
        if (!started) {
          end(process, profile);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a header with every request from now on. */
  public void send(String header, String value) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.putObject("headers").put(header, value);
    page.ask("Network.setExtraHTTPHeaders", parameters);
  }

  /**
   * Opens an address and returns when the page is loaded.
   *
   * @throws AssertionError when nobody answers there
   */
  public void open(String url) {
    page.forget("Page.loadEventFired");
    JsonNode answer = page.ask("Page.navigate", parameter("url", url));
    if (answer.has("errorText")) {
      throw new AssertionError(url + ": " + answer.path("errorText").asText());
    }
    page.awaitEvent("Page.loadEventFired");
  }

  /** What a reader sees of the page, as text. */
  public String text() {
    return evaluate("document.body.innerText").asText();
  }

  /**
   * Waits until the page shows a text, which may come by a request of its own.
   *
   * @throws AssertionError with the page's text when it does not within half a minute
   */
  public void awaitText(String text) {
    String found =
        "document.body.innerText.includes(" + JsonNodeFactory.instance.textNode(text) + ")";
    JsonNode shown =
        evaluate(
            """
            new Promise(done => {
              const end = Date.now() + 30000;
              const look = () => %s ? done(true)
                  : Date.now() > end ? done(false) : setTimeout(look, 50);
              look();
            })"""
                .formatted(found));
    if (!shown.asBoolean()) {
      throw new AssertionError("The page does not show '" + text + "':\n" + text());
    }
  }

  /** Where a link with this text leads to; empty when the page has none. */
  public Optional<String> link(String text) {
    return Optional.of(
            evaluate(
                    "([...document.links].find(a => a.innerText.trim() === %s) || {href: ''}).href"
                        .formatted(JsonNodeFactory.instance.textNode(text)))
                .asText())
        .filter(href -> !href.isEmpty());
  }

  /**
   * The value of a JavaScript expression; of a promise what it becomes.
   *
   * @throws AssertionError when it throws
   */
  public JsonNode evaluate(String expression) {
    ObjectNode parameters = parameter("expression", expression);
    parameters.put("returnByValue", true);
    parameters.put("awaitPromise", true);
    JsonNode answer = page.ask("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(answer.path("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** What scripts of the pages threw and did not catch, since the start. */
  public List<String> errors() {
    return page.events("Runtime.exceptionThrown").stream()
        .map(event -> event.path("exceptionDetails").path("exception").path("description").asText())
        .toList();
  }

  /** What a reader's system prefers. */
  public enum Colours {
    LIGHT,
    DARK
  }

  /** Shows pages as on a screen of this width, in CSS pixels, and in these colours from now on. */
  public void screen(int width, int height, Colours colours) {
    ObjectNode size = JsonNodeFactory.instance.objectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
    size.put("mobile", width < 600);
    page.ask("Emulation.setDeviceMetricsOverride", size);
    ObjectNode media = JsonNodeFactory.instance.objectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", colours.name().toLowerCase(Locale.ROOT));
    page.ask("Emulation.setEmulatedMedia", media);
  }

  /** Writes what the window shows as PNG; its folder is made. */
  public void screenshot(Path file) {
    write(page.ask("Page.captureScreenshot"), file);
  }

  /** Writes the page as PNG, with what is below the window's edge; its folder is made. */
  public void screenshotOfPage(Path file) {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("captureBeyondViewport", true);
    JsonNode size =
        evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]");
    all.putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", size.path(0).asInt())
        .put("height", size.path(1).asInt())
        .put("scale", 1);
    write(page.ask("Page.captureScreenshot", all), file);
  }

  private static void write(JsonNode image, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode parameter(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  @Override
  public void close() {
    page.close();
    end(process, profile);
  }

  private static void end(Process process, Path profile) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (ProcessHandle child : children) {
        child.destroyForcibly();
        child.onExit().join();
      }
      FileTree.delete(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
