package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretSettingsTest {
  private final Map<String, String> secret =
      SecretSettings.generate("owner", List.of("alice", "owner"));

  @Test
  void noTwoClustersHaveTheSameSecret() {
    Map<String, String> other = SecretSettings.generate("owner", List.of());

    assertThat(secret.get(SecretSettings.SECRET)).isNotEqualTo(other.get(SecretSettings.SECRET));
    assertThat(secret.get(SecretSettings.SIGNING_KEY))
        .isNotEqualTo(other.get(SecretSettings.SIGNING_KEY));
  }

  @Test
  void whoChecksTokensCannotMakeThem() {
    String key = secret.get(SecretSettings.SIGNING_KEY);

    assertThat(SecretSettings.withoutSigningKey(secret).values()).doesNotContain(key);
    assertThat(SecretSettings.withoutSigningKey(secret))
        .containsEntry("spark.admin.acls", "owner,alice");
  }
}
