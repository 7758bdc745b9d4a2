package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.OnViolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one expectation found.
 *
 * @param description one line, as {@link dev.kindling.model.pipeline.Expectation#describe()} gives
 *     it
 * @param aboutTable whether it is about the table as a whole: no row of the table breaks it then,
 *     and its violations are what a query found
 * @param violations how many rows break it
 * @param sampleRows some of these rows: column to value as text, NULL as the text {@code NULL}
 * @param quarantinePath where these rows are kept, empty when they are not
 */
public record ExpectationResult(
    String description,
    boolean aboutTable,
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

  ExpectationResult hiding(UnaryOperator<String> hide) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> row : sampleRows) {
      Map<String, String> shown = new LinkedHashMap<>(row);
      shown.replaceAll((column, value) -> hide.apply(value));
      rows.add(shown);
    }
    return new ExpectationResult(
        hide.apply(description), aboutTable, onViolation, status, violations, rows, quarantinePath);
  }
}
