package dev.kindling.spark.extension;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * A whole analysed plan of a live session in the embedded engine, without the session noticing: how
 * the two engines are compared.
 */
public final class LivePlan {
  private final SparkSession session;
  private final Optional<PreparedQuery> query;
  private final List<Refusal> refusals;

  private LivePlan(SparkSession session, Optional<PreparedQuery> query, List<Refusal> refusals) {
    this.session = session;
    this.query = query;
    this.refusals = List.copyOf(refusals);
  }

  /**
   * Translates a plan.
   *
   * @param session its settings hold
   * @param analysed a plan of that session
   */
  public static LivePlan of(SparkSession session, LogicalPlan analysed) {
    requireNonNull(session, "session is null");
    requireNonNull(analysed, "analysed is null");
    SQLConf conf = session.sessionState().conf();
    List<Refusal> refusals = new ArrayList<>();
    LogicalPlan imported =
        new LeafImport(session, conf, LeafImport.HandOver.EVERYTHING).replaced(analysed, refusals);
    PreparedQuery query = Engine.of(session.sparkContext(), conf).prepare(conf, imported);
    refusals.addAll(query.refusals());
    return new LivePlan(
        session,
        refusals.isEmpty() ? Optional.of(query) : Optional.empty(),
        refusals.stream().distinct().toList());
  }

  /** The query as DuckDB runs it; empty when Spark has to run it. */
  public Optional<PreparedQuery> query() {
    return query;
  }

  /** Why Spark has to run it; empty when DuckDB does. */
  public List<Refusal> refusals() {
    return refusals;
  }

  /** Runs it in the embedded engine; the caller closes the cursor. */
  public RowCursor rows() {
    SQLConf conf = session.sessionState().conf();
    return Engine.of(session.sparkContext(), conf)
        .with(conf, embedded -> embedded.rows(query.orElseThrow()));
  }
}
