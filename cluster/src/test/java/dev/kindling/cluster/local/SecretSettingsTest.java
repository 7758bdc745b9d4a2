package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretSettingsTest {
  @Test
  void theLibraryThatSparkChecksTokensWithAcceptsOurs() {
    String key = SecretSettings.generate().get(SecretSettings.PAGE_KEY);

    assertThat(
            read(key, SecretSettings.token(key, Instant.now(), Duration.ofHours(1))).getSubject())
        .isEqualTo("kindling");
    String old = SecretSettings.token(key, Instant.now().minusSeconds(7200), Duration.ofHours(1));
    assertThatThrownBy(() -> read(key, old)).isInstanceOf(ExpiredJwtException.class);
  }

  @Test
  void noTwoClustersHaveTheSameSecret() {
    Map<String, String> one = SecretSettings.generate();
    Map<String, String> other = SecretSettings.generate();

    assertThat(one.get(SecretSettings.SECRET)).isNotEqualTo(other.get(SecretSettings.SECRET));
    assertThat(one.get(SecretSettings.SECRET)).isNotEqualTo(one.get(SecretSettings.PAGE_KEY));
  }

  private static Claims read(String key, String token) {
    return Jwts.parser()
        .verifyWith(Keys.hmacShaKeyFor(Base64.getUrlDecoder().decode(key)))
        .build()
        .parseSignedClaims(token)
        .getPayload();
  }
}
