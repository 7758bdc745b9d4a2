package dev.kindling.spark.extension;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.run.SpooledRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.execution.LeafExecNode;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.internal.SQLConf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * Runs a part of a plan in the embedded engine. When that raises, Spark runs the part instead: its
 * rows or its error are the answer. Nothing has been handed on by then.
 */
public final class TakenExec extends SparkPlan implements LeafExecNode {
  private static final Logger LOG = LoggerFactory.getLogger(KindlingExtension.class);

  private final transient TakenPart part;

  // Operators above it ask for the columns in their tasks, where the plan itself is not known.
  private final Seq<Attribute> columns;

  /** Public because Catalyst copies nodes by their constructor. */
  public TakenExec(TakenPart part) {
    this.part = requireNonNull(part, "part is null");
    this.columns = part.original().output();
  }

  @Override
  public Seq<Attribute> output() {
    return columns;
  }

  @Override
  public Seq<SparkPlan> children() {
    return Scala.seq(List.of());
  }

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  @Override
  public InternalRow[] executeCollect() {
    try {
      return engine().with(conf(), session -> collected(session.rows(part.query())));
    } catch (EngineFailure e) {
      return onSpark(e).executeCollect();
    }
  }

  private static InternalRow[] collected(RowCursor rows) {
    try (rows) {
      CatalystRows converter = new CatalystRows(rows.schema());
      List<InternalRow> all = new ArrayList<>();
      while (rows.next()) {
        all.add(converter.row(rows).copy());
      }
      return all.toArray(InternalRow[]::new);
    }
  }

  @Override
  public RDD<InternalRow> doExecute() {
    try {
      SpooledRows rows = engine().spool(conf(), part.query());
      return new SpooledRdd(sparkContext(), rows, part.query().schema());
    } catch (EngineFailure e) {
      return onSpark(e).execute();
    }
  }

  private Engine engine() {
    return Engine.of(sparkContext(), conf());
  }

  private SparkPlan onSpark(EngineFailure failure) {
    if (failure.reason() == EngineFailure.Reason.CANCELLED) {
      throw failure;
    }
    LOG.info("Spark runs a part of a query again that Kindling took: {}", failure.getMessage());
    return TakeOver.suspended(
        () -> {
          QueryExecution execution =
              Dataset.ofRows(part.session(), part.original()).queryExecution();
          return execution.executedPlan();
        });
  }

  @Override
  public SQLConf conf() {
    return part.session().sessionState().conf();
  }

  @Override
  public String nodeName() {
    return "Kindling";
  }

  @Override
  public String simpleString(int maxFields) {
    return "Kindling [DuckDB] " + Scala.list(output()) + ": " + part.query().engineSql().orElse("");
  }

  @Override
  public SparkPlan doCanonicalize() {
    return new TakenExec(part);
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return this;
  }

  @Override
  public Object productElement(int n) {
    return part;
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof TakenExec;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TakenExec exec && exec.part.equals(part);
  }

  @Override
  public int hashCode() {
    return part.hashCode();
  }
}
