package dev.kindling.cluster.local;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Who shares a cluster, and how much of it an application gets that asks for nothing.
 *
 * @param admins users who may see and end every application, beside the cluster's owner
 * @param maxCores of an application; empty for all
 * @param maxMemoryBytes of an application's executors together; empty for all
 */
public record Tenants(List<String> admins, OptionalInt maxCores, OptionalLong maxMemoryBytes) {
  /** No admins but the owner, no limits. */
  public static final Tenants NONE =
      new Tenants(List.of(), OptionalInt.empty(), OptionalLong.empty());

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

  public Tenants {
    requireNonNull(maxCores, "maxCores is null");
    requireNonNull(maxMemoryBytes, "maxMemoryBytes is null");
    admins = List.copyOf(admins);
    admins.forEach(Tenants::requireUser);
  }

  /**
   * Checks the name of a user. Spark separates names by commas and takes {@code *} for everyone.
   *
   * @throws KindlingException USAGE
   */
  static String requireUser(String name) {
    if (!USER.matcher(name).matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot use '%s' as the name of a user: accepted are up to 64 letters, digits, '.', '_', '@' and '-'."
              .formatted(name));
    }
    return name;
  }

  /** Whether an application gets less than all. */
  boolean limited() {
    return maxCores.isPresent() || maxMemoryBytes.isPresent();
  }
}
