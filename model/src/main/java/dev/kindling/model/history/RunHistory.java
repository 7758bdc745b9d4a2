package dev.kindling.model.history;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.record.ExpectationResult;
import dev.kindling.model.record.Figure;
import dev.kindling.model.record.Figure.Kind;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.RunRecordStore;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.UnusualFigure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a pipeline that are on record, as far as they are looked at.
 *
 * @param runs newest first
 */
public record RunHistory(List<RunRecord> runs) {
  /** No run is known. */
  public static final RunHistory NONE = new RunHistory(List.of());

  public RunHistory {
    runs = List.copyOf(runs);
  }

  /**
   * The newest runs of a pipeline. A record that is damaged, or of another version, is passed over:
   * what is not known about the past keeps no run from going.
   *
   * @param most how many
   */
  public static RunHistory read(RunRecordStore store, String pipeline, int most) {
    requireNonNull(pipeline, "pipeline is null");
    List<RunRecord> runs = new ArrayList<>();
    for (String id : store.runIds()) {
      if (runs.size() == most) {
        break;
      }
      readable(store, id).filter(run -> run.pipeline().equals(pipeline)).ifPresent(runs::add);
    }
    return new RunHistory(runs);
  }

  /** Why records were passed over, a line for each. */
  public static List<String> passedOver(RunRecordStore store) {
    List<String> why = new ArrayList<>();
    for (String id : store.runIds()) {
      try {
        store.read(id);
      } catch (KindlingException e) {
        why.add(e.getMessage());
      }
    }
    return why;
  }

  private static Optional<RunRecord> readable(RunRecordStore store, String id) {
    try {
      return store.read(id);
    } catch (KindlingException e) {
      if (e.code() == ErrorCode.RECORD_INVALID) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The newest run; empty when there is none. */
  public Optional<RunRecord> newest() {
    return runs.stream().findFirst();
  }

  /** What the runs that computed a table did with it, newest first. */
  public List<TableRecord> of(String table) {
    List<TableRecord> records = new ArrayList<>();
    for (RunRecord run : runs) {
      for (TableRecord record : run.tables()) {
        if (record.name().equalsIgnoreCase(table) && record.status() == TableStatus.SUCCEEDED) {
          records.add(record);
        }
      }
    }
    return records;
  }

  /** The figures of a table, as far as its run took them. */
  public static Map<Figure, Double> figures(TableRecord table) {
    Map<Figure, Double> figures = new LinkedHashMap<>();
    table.rows().ifPresent(rows -> figures.put(Figure.of(Kind.ROWS), (double) rows));
    long rows = table.rows().orElse(0);
    if (rows > 0) {
      table
          .observed()
          .nulls()
          .forEach(
              (column, nulls) ->
                  figures.put(new Figure(Kind.NULL_SHARE, column), (double) nulls / rows));
    }
    for (ExpectationResult result : table.expectations()) {
      if (!result.aboutTable()) {
        figures.put(
            new Figure(Kind.VIOLATIONS, result.description()), (double) result.violations());
      }
    }
    figures.put(Figure.of(Kind.TIME), (double) table.millis());
    return figures;
  }

  /** The band of a figure by these runs; empty when too few of them took it. */
  public Optional<Band> band(TableRecord table, Figure figure) {
    List<Double> values = new ArrayList<>();
    for (TableRecord earlier : of(table.name())) {
      // Another engine, or another way to the readers, takes another time.
      boolean alike =
          figure.kind() != Kind.TIME
              || (earlier.engine() == table.engine()
                  && earlier.materialisation() == table.materialisation());
      Double value = figures(earlier).get(figure);
      if (alike && value != null && values.size() < Band.MOST_RUNS) {
        values.add(value);
      }
    }
    return Band.of(figure.kind(), values);
  }

  /** The figures of a table that are outside of their bands; none for one that was not computed. */
  public List<UnusualFigure> unusual(TableRecord table) {
    List<UnusualFigure> unusual = new ArrayList<>();
    if (table.status() != TableStatus.SUCCEEDED) {
      return unusual;
    }
    figures(table)
        .forEach(
            (figure, value) ->
                band(table, figure)
                    .filter(band -> band.excludes(figure.kind(), value))
                    .ifPresent(
                        band ->
                            unusual.add(
                                new UnusualFigure(
                                    figure, value, band.low(), band.high(), band.runs()))));
    return unusual;
  }
}
