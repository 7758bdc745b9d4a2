package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Worker of another machine's cluster.
 *
 * @param name of the cluster on this machine that the Worker makes
 * @param master {@code spark://host:port[,host:port]}
 * @param host this machine's address that the Worker listens at; empty for the one that leads to
 *     the Master
 * @param secret the settings that a secure cluster asks of everyone; else empty
 * @param deadline for the Worker to register
 */
public record JoinOptions(
    String name,
    String master,
    Optional<String> host,
    WorkerSize size,
    Map<String, String> secret,
    Duration deadline) {
  /** A wrong secret shows only by silence. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);

  public JoinOptions {
    requireNonNull(name, "name is null");
    requireNonNull(master, "master is null");
    requireNonNull(host, "host is null");
    requireNonNull(size, "size is null");
    requireNonNull(deadline, "deadline is null");
    secret = Map.copyOf(secret);
    MasterUrl.addresses(master);
  }

  /**
   * Reads the secret settings that {@link Cluster#secretFile} of the other machine names.
   *
   * @throws KindlingException FILE_NOT_FOUND; USAGE when there is no secret in it
   */
  public static Map<String, String> readSecret(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND, "Cannot read the secret: there is no file " + file + ".");
    }
    Map<String, String> settings = PrivateFile.readProperties(file);
    if (!settings.containsKey(SecretSettings.SECRET)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          ("Cannot use %s as the secret: it has no %s. Copy conf/secret.properties of the cluster's"
                  + " folder on the machine where 'kindling cluster up --secure' ran.")
              .formatted(file, SecretSettings.SECRET));
    }
    return settings;
  }

  /** Like any record's, but without secrets. */
  @Override
  public String toString() {
    return "JoinOptions[name=%s, master=%s, host=%s, size=%s]".formatted(name, master, host, size);
  }
}
