package dev.kindling.cluster.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cluster.page.PageToken.Keys;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTokenTest {
  private static final Instant NOW = Instant.ofEpochSecond(4_000_000_000L);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Keys keys = Keys.generate();
  private final PublicKey key = PageToken.checkingKey(keys.checking());
  private final String token = PageToken.sign(keys.signing(), "alice \"al\" ö", NOW, HOUR);

  @Test
  void namesItsUserForItsTime() {
    assertThat(PageToken.user(token, key, NOW)).contains("alice \"al\" ö");
    assertThat(PageToken.user(token, key, NOW.plusSeconds(3599))).isPresent();
    assertThat(PageToken.user(token, key, NOW.plusSeconds(3600))).isEmpty();
  }

  @Test
  void isATokenToOthersToo() {
    assertThat(
            Jwts.parser()
                .verifyWith(key)
                .build()
                .parseSignedClaims(token)
                .getPayload()
                .getSubject())
        .isEqualTo("alice \"al\" ö");
  }

  @Test
  void anythingElseNamesNobody() {
    String[] parts = token.split("\\.");
    String root = base64("{\"sub\":\"root\",\"exp\":9000000000}");
    for (String other :
        List.of(
            "",
            "..",
            "a.b.c",
            token + ".",
            token.substring(0, token.length() - 2),
            parts[0] + "." + root + "." + parts[2],
            base64("{\"alg\":\"none\"}") + "." + root + ".",
            PageToken.sign(Keys.generate().signing(), "root", NOW, HOUR),
            PageToken.sign(keys.signing(), "", NOW, HOUR))) {
      assertThat(PageToken.user(other, key, NOW)).as(other).isEmpty();
    }
  }

  @Test
  void showsNoSecret() {
    assertThat(keys.toString()).contains(keys.checking()).doesNotContain(keys.signing());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
