package dev.kindling.model.record;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run saw of a table's rows on its way: for readers of the report and of the history, not
 * for the run itself.
 *
 * @param nulls by column, how many rows have NULL there; columns that were not counted are absent
 * @param sampleRows some of its rows: column to value as text, NULL as the text {@code NULL}
 * @param enginePlan how DuckDB ran its query, as DuckDB draws it; empty when Spark ran it
 * @param unusual figures that are far from those of the runs before
 */
public record Observed(
    Map<String, Long> nulls,
    List<Map<String, String>> sampleRows,
    Optional<String> enginePlan,
    List<UnusualFigure> unusual) {
  /** Nothing was seen. */
  public static final Observed NOTHING =
      new Observed(Map.of(), List.of(), Optional.empty(), List.of());

  public Observed {
    nulls = Collections.unmodifiableMap(new LinkedHashMap<>(nulls));
    sampleRows = sampleRows.stream().map(Copies::ordered).toList();
    requireNonNull(enginePlan, "enginePlan is null");
    unusual = List.copyOf(unusual);
  }

  Observed withUnusual(List<UnusualFigure> figures) {
    return new Observed(nulls, sampleRows, enginePlan, figures);
  }

  Observed hiding(UnaryOperator<String> hide) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Map<String, String> row : sampleRows) {
      Map<String, String> shown = new LinkedHashMap<>(row);
      shown.replaceAll((column, value) -> hide.apply(value));
      rows.add(shown);
    }
    return new Observed(nulls, rows, enginePlan.map(hide), unusual);
  }
}
