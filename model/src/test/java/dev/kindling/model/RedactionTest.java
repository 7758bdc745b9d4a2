package dev.kindling.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "spark.datasource.PASSWORD",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key",
        "fs.azure.account.key.store.dfs.core.windows.net",
        "token",
        "apiKey",
        "api-key",
        "kafka.ssl.key.password",
        "kafka.sasl.jaas.config",
        "credentialsFile",
        "key"
      })
  void keysOfSecretsAreKnown(String key) {
    assertThat(Redaction.isSecret(key)).isTrue();
    assertThat(Redaction.redact(key, "hunter2")).isEqualTo(Redaction.REDACTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header",
        "delimiter",
        "spark.sql.session.timeZone",
        "spark.sql.mapKeyDedupPolicy",
        "monkey"
      })
  void otherKeysAreShown(String key) {
    assertThat(Redaction.redact(key, "value")).isEqualTo("value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://host/db?user=a&password=b | true",
        "jdbc:x://user:hunter2@host/db | true",
        "AccessKey=abc;Endpoint=x | true",
        "https://host/x?sig=abc | true",
        "https://host:8080/x | false",
        "https://user@host/x | false",
        "a password is needed | false",
        "config=1 | false",
        "yyyy-MM-dd HH:mm:ss | false"
      })
  void valuesThatHoldASecretAreHidden(String value, boolean secret) {
    assertThat(Redaction.redact("url", value)).isEqualTo(secret ? Redaction.REDACTED : value);
  }

  @Test
  void redactedSettingsKeepTheirOrder() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("z", "1");
    settings.put("password", "hunter2");
    settings.put("a", "2");
    assertThat(Redaction.redact(settings).toString())
        .isEqualTo("{z=1, password=" + Redaction.REDACTED + ", a=2}");
  }

  @Test
  void secretsAreFoundAndHiddenInTexts() {
    List<String> secrets = Redaction.secrets(Map.of("password", "hunter2", "header", "true"));
    assertThat(secrets).containsExactly("hunter2");
    assertThat(Redaction.hide("user=a, pw=hunter2, again hunter2", secrets))
        .isEqualTo("user=a, pw=" + Redaction.REDACTED + ", again " + Redaction.REDACTED);
    assertThat(Redaction.hide("a cat", List.of("a"))).isEqualTo("a cat");
  }
}
