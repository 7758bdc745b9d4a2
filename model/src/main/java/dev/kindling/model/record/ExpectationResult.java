package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.OnViolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one expectation found.
 *
 * @param description one line, as {@link dev.kindling.model.pipeline.Expectation#describe()} gives
 *     it
 * @param violations how many rows break it
 * @param sampleRows some of these rows: column to value as text, NULL as the text {@code NULL}
 * @param quarantinePath where these rows are kept, empty when they are not
 */
public record ExpectationResult(
    String description,
    OnViolation onViolation,
    ExpectationStatus status,
    long violations,
    List<Map<String, String>> sampleRows,
    Optional<String> quarantinePath) {
  public ExpectationResult {
    requireNonNull(description, "description is null");
    requireNonNull(onViolation, "onViolation is null");
    requireNonNull(status, "status is null");
    sampleRows = sampleRows.stream().map(Copies::ordered).toList();
    requireNonNull(quarantinePath, "quarantinePath is null");
  }
}
