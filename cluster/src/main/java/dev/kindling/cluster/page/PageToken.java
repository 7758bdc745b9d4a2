package dev.kindling.cluster.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed statement who somebody is, and for how long: a JSON Web Token with an Ed25519 signature.
 * Whoever checks one needs the public key only, and cannot make one.
 */
public final class PageToken {
  private static final String ALGORITHM = "Ed25519";
  private static final String HEAD = "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageToken() {}

  /**
   * A pair of keys as text, for settings.
   *
   * @param signing makes tokens; a secret
   * @param checking checks them; no secret
   */
  public record Keys(String signing, String checking) {
    /** A new pair. */
    public static Keys generate() {
      try {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        return new Keys(
            ENCODER.encodeToString(pair.getPrivate().getEncoded()),
            ENCODER.encodeToString(pair.getPublic().getEncoded()));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Like any record's, but without the secret. */
    @Override
    public String toString() {
      return "Keys[checking=" + checking + "]";
    }
  }

  /**
   * A token.
   *
   * @param signingKey of {@link Keys#signing}
   */
  public static String sign(String signingKey, String user, Instant now, Duration validity) {
    try {
      String body =
          JSON.createObjectNode()
              .put("sub", user)
              .put("iat", now.getEpochSecond())
              .put("exp", now.plus(validity).getEpochSecond())
              .toString();
      String signed = base64(HEAD) + "." + base64(body);
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(DECODER.decode(signingKey)));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + ENCODER.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The key that a setting names.
   *
   * @param checkingKey of {@link Keys#checking}
   */
  static PublicKey checkingKey(String checkingKey) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(DECODER.decode(checkingKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Cannot read the key that checks tokens", e);
    }
  }

  /** Who the bearer is; empty when the token is none, was signed by another key, or is too old. */
  static Optional<String> user(String token, PublicKey key, Instant now) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      // The algorithm is not the token's choice.
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      if (!signature.verify(DECODER.decode(parts[2]))) {
        return Optional.empty();
      }
      JsonNode body = JSON.readTree(DECODER.decode(parts[1]));
      boolean valid = body.path("exp").asLong(0) > now.getEpochSecond();
      return Optional.of(body.path("sub").asText()).filter(user -> valid && !user.isEmpty());
    } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
      // Anybody may send anything.
      return Optional.empty();
    }
  }

  private static String base64(String text) {
    return ENCODER.encodeToString(text.getBytes(UTF_8));
  }
}
