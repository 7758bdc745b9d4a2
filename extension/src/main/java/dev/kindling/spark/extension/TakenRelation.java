package dev.kindling.spark.extension;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.frontend.Scala;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/** A part of a plan that the embedded engine runs: to Spark's optimiser a leaf with columns. */
public final class TakenRelation extends LogicalPlan implements LeafNode {
  private final transient TakenPart part;

  /** Public because Catalyst copies nodes by their constructor. */
  public TakenRelation(TakenPart part) {
    this.part = requireNonNull(part, "part is null");
  }

  TakenPart part() {
    return part;
  }

  @Override
  public Seq<Attribute> output() {
    return part.original().output();
  }

  @Override
  public Seq<LogicalPlan> children() {
    return Scala.seq(List.of());
  }

  @Override
  public AttributeSet producedAttributes() {
    return outputSet();
  }

  /** The size is not known before it runs; Spark's default keeps it from being broadcast. */
  @Override
  public Statistics computeStats() {
    return new Statistics(
        scala.math.BigInt.apply(conf().defaultSizeInBytes()),
        scala.Option.empty(),
        Statistics.$lessinit$greater$default$3(),
        Statistics.$lessinit$greater$default$4());
  }

  /** Two of them are the same where their plans are: so Spark's cache recognises it. */
  @Override
  public LogicalPlan doCanonicalize() {
    return (LogicalPlan) part.original().canonicalized();
  }

  @Override
  public String simpleString(int maxFields) {
    return "Kindling";
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
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
    return other instanceof TakenRelation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TakenRelation taken && taken.part.equals(part);
  }

  @Override
  public int hashCode() {
    return part.hashCode();
  }
}
