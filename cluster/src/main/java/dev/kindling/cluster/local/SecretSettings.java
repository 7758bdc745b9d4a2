package dev.kindling.cluster.local;

import dev.kindling.cluster.page.PageToken;
import dev.kindling.cluster.page.UserFilter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a secure cluster asks of everyone: a shared secret to connect, encryption of what goes over
 * the network, and a signed token to look at a page, whose user Spark holds against its lists.
 */
final class SecretSettings {
  static final String SECRET = "spark.authenticate.secret";

  /** Makes tokens. For the cluster's owner and who joins it: no setting of Spark's. */
  static final String SIGNING_KEY = "kindling.page.signingKey";

  private static final String FILTER = UserFilter.class.getName();
  private static final int BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private SecretSettings() {}

  /**
   * Settings with a new secret, for the processes of the cluster and for applications alike.
   *
   * @param owner who may see and end everything
   * @param admins who may as well
   */
  static Map<String, String> generate(String owner, List<String> admins) {
    PageToken.Keys keys = PageToken.Keys.generate();
    Set<String> all = new LinkedHashSet<>();
    all.add(owner);
    all.addAll(admins);
    return Map.ofEntries(
        Map.entry("spark.authenticate", "true"),
        Map.entry(SECRET, random()),
        Map.entry("spark.network.crypto.enabled", "true"),
        Map.entry("spark.network.crypto.authEngineVersion", "2"),
        Map.entry("spark.ui.filters", FILTER),
        Map.entry("spark." + FILTER + ".param." + UserFilter.CHECKING_KEY, keys.checking()),
        Map.entry(SIGNING_KEY, keys.signing()),
        Map.entry("spark.acls.enable", "true"),
        Map.entry("spark.admin.acls", String.join(",", all)),
        Map.entry("spark.history.ui.acls.enable", "true"),
        Map.entry("spark.history.ui.admin.acls", String.join(",", all)));
  }

  /** Those that processes and applications get: they check tokens, and make none. */
  static Map<String, String> withoutSigningKey(Map<String, String> secret) {
    Map<String, String> settings = new TreeMap<>(secret);
    settings.remove(SIGNING_KEY);
    return settings;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }
}
