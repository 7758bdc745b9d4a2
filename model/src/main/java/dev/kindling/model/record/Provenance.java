package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What a table's rows came from, as fingerprints: when all of it is the same again, the table would
 * have the same rows again.
 *
 * @param computedBy the run that computed the rows
 * @param parts fingerprints by what they are of, such as {@code files} or {@code table orders}, in
 *     the order in which they are compared
 * @param output the fingerprint of what that run published; empty when it published nothing
 * @param never why the table cannot be known to have the same rows again; empty when it can
 */
public record Provenance(
    String computedBy, Map<String, String> parts, Optional<String> output, Optional<String> never) {
  public Provenance {
    requireNonNull(computedBy, "computedBy is null");
    parts = Copies.ordered(parts);
    requireNonNull(output, "output is null");
    requireNonNull(never, "never is null");
  }

  /** The same with what was published. */
  public Provenance withOutput(String fingerprint) {
    return new Provenance(computedBy, parts, Optional.of(fingerprint), never);
  }
}
