package dev.kindling.cluster.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places such as <code>{{name}}</code>, from this package's resources. Strict: a place
 * without a value and a value without a place are errors of ours, never an empty text in a user's
 * file.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z_]+)}}");

  private Template() {}

  /** The file made of the template of the same name. */
  static DeployFile file(String name, Map<String, String> values) {
    return new DeployFile(name, fill(read(name), values, name));
  }

  private static String fill(String template, Map<String, String> values, String name) {
    Set<String> unused = new HashSet<>(values.keySet());
    Matcher places = PLACE.matcher(template);
    StringBuilder text = new StringBuilder();
    while (places.find()) {
      String value = values.get(places.group(1));
      if (value == null) {
        throw new IllegalStateException(name + " has no value for " + places.group());
      }
      unused.remove(places.group(1));
      places.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    places.appendTail(text);
    if (!unused.isEmpty()) {
      throw new IllegalStateException(name + " has no place for " + unused);
    }
    // A value of several lines may be empty, and leaves an empty line then.
    return text.toString().replace("\n\n\n", "\n\n");
  }

  private static String read(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
