package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Records of a source that did not fit its schema.
 *
 * @param quarantinePath where they are kept, empty when they are not
 */
public record BadRecords(long count, Optional<String> quarantinePath) {
  public BadRecords {
    requireNonNull(quarantinePath, "quarantinePath is null");
  }
}
