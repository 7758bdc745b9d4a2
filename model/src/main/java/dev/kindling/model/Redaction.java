package dev.kindling.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps secrets out of everything that is shown or stored. A setting is a secret when its key says
 * so, or when its value holds a secret of its own, as a JDBC URL with a password does.
 */
public final class Redaction {
  /** What stands in the place of a secret; the same text as Spark's. */
  public static final String REDACTED = "*********(redacted)";

  // Looked for in a key without its dots, dashes and underscores. Spark's default is the first
  // four; the rest are what cloud stores, Kafka and key stores call theirs.
  private static final List<String> SECRET_KEYS =
      List.of(
          "secret",
          "password",
          "token",
          "accesskey",
          "passwd",
          "passphrase",
          "credential",
          "apikey",
          "privatekey",
          "accountkey",
          "encryptionkey",
          "sharedkey",
          "masterkey",
          "jaasconfig");

  // Followed by "=" or ":" in a value, they announce a secret.
  private static final List<String> SECRET_WORDS =
      List.of("secret", "password", "passwd", "token", "accesskey", "access_key", "sig");

  private static final int SHORTEST = 4;

  private Redaction() {}

  /** Whether the value of a setting with this key must not be shown. */
  public static boolean isSecret(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    String squeezed = squeeze(lower);
    for (String word : SECRET_KEYS) {
      if (squeezed.contains(word)) {
        return true;
      }
    }
    return lower.equals("key") || lower.endsWith(".key") || lower.endsWith("_key");
  }

  /** The value as it may be shown. */
  public static String redact(String key, String value) {
    return isSecret(key) || holdsSecret(value) ? REDACTED : value;
  }

  /** The values that may not be shown. */
  public static List<String> secrets(Map<String, String> settings) {
    List<String> secrets = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          if (!redact(key, value).equals(value)) {
            secrets.add(value);
          }
        });
    return secrets;
  }

  /** A copy, in the same order, in which no value is a secret. */
  public static Map<String, String> redact(Map<String, String> settings) {
    Map<String, String> shown = new LinkedHashMap<>();
    settings.forEach((key, value) -> shown.put(key, redact(key, value)));
    return shown;
  }

  /**
   * A text in which none of these secrets stands. Secrets of less than {@value #SHORTEST}
   * characters are left: they would tear holes into any text.
   */
  public static String hide(String text, Collection<String> secrets) {
    String shown = text;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        shown = shown.replace(secret, REDACTED);
      }
    }
    return shown;
  }

  private static boolean holdsSecret(String value) {
    if (hasUserInfoWithPassword(value)) {
      return true;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    for (String word : SECRET_WORDS) {
      for (int at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
        boolean starts = at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1));
        int end = at + word.length();
        boolean assigned = end < lower.length() && "=:".indexOf(lower.charAt(end)) >= 0;
        if (starts && assigned) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a value is a URL such as {@code jdbc:x://user:secret@host}. */
  private static boolean hasUserInfoWithPassword(String value) {
    int start = value.indexOf("://");
    if (start < 0) {
      return false;
    }
    int slash = value.indexOf('/', start + 3);
    String authority = value.substring(start + 3, slash < 0 ? value.length() : slash);
    int at = authority.lastIndexOf('@');
    return at > 0 && authority.lastIndexOf(':', at) >= 0;
  }

  private static String squeeze(String key) {
    StringBuilder out = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c != '.' && c != '-' && c != '_') {
        out.append(c);
      }
    }
    return out.toString();
  }
}
