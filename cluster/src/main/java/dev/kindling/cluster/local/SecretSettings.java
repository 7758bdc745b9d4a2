package dev.kindling.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a secure cluster asks of everyone: a shared secret to connect, encryption of what goes over
 * the network, and a signed token to look at a page.
 */
final class SecretSettings {
  static final String SECRET = "spark.authenticate.secret";
  static final String PAGE_KEY = "spark.org.apache.spark.ui.JWSFilter.param.secretKey";

  private static final int BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private SecretSettings() {}

  /** Settings with a new secret, for the processes of the cluster and for applications alike. */
  static Map<String, String> generate() {
    return Map.of(
        "spark.authenticate",
        "true",
        SECRET,
        random(),
        "spark.network.crypto.enabled",
        "true",
        "spark.network.crypto.authEngineVersion",
        "2",
        "spark.ui.filters",
        "org.apache.spark.ui.JWSFilter",
        PAGE_KEY,
        random());
  }

  /**
   * A token for the header {@code Authorization: Bearer …} of a request for a page.
   *
   * @param key the value of {@link #PAGE_KEY}
   */
  static String token(String key, Instant now, Duration validity) {
    String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    String body =
        base64(
            "{\"sub\":\"kindling\",\"iat\":%d,\"exp\":%d}"
                .formatted(now.getEpochSecond(), now.plus(validity).getEpochSecond()));
    String signed = head + "." + body;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
      return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }
}
