package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.SqlException;
import dev.kindling.embedded.frontend.ConstantNullIn;
import dev.kindling.embedded.frontend.FloatCasts;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.frontend.TrySums;
import dev.kindling.embedded.frontend.UnsafeReverse;
import dev.kindling.embedded.types.DuckTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Analysed Catalyst plans as DuckDB SQL. Not safe for several threads at once. */
public final class QueryTranslator {
  private final SqlFrontEnd frontEnd;
  private final SparkCode sparkCode;

  public QueryTranslator(SqlFrontEnd frontEnd, SparkCode sparkCode) {
    this.frontEnd = frontEnd;
    this.sparkCode = sparkCode;
  }

  /**
   * Translates a plan.
   *
   * @param analysed as Spark's analyser gives it
   * @param width how wide decimal arithmetic is done
   */
  public Translation<TranslatedQuery> translate(LogicalPlan analysed, DecimalWidth width) {
    try {
      return translated(analysed, width);
    } catch (SqlException e) {
      throw e;
    } catch (RuntimeException e) {
      // Such as a constant that Spark's own code cannot work out: its error is Spark's to give.
      return Translation.refused(
          RefusalCode.TRANSLATION_FAILED, "this query", "translating it fails: " + e);
    }
  }

  private Translation<TranslatedQuery> translated(LogicalPlan analysed, DecimalWidth width) {
    return frontEnd.within(
        () -> {
          for (Attribute column : Scala.<Attribute>list(analysed.output())) {
            if (DuckTypes.of(column.dataType()).isEmpty()) {
              return Translation.refused(
                  RefusalCode.TYPE_NOT_SUPPORTED,
                  column.name(),
                  "values of type " + column.dataType().sql() + " cannot be held exactly");
            }
          }
          LogicalPlan plan;
          try {
            plan = frontEnd.finish(analysed);
          } catch (ArithmeticException | IllegalArgumentException e) {
            // Working out a constant raised something that has no error class: Spark says what.
            return Translation.refused(
                RefusalCode.FUNCTION_NOT_SUPPORTED, "a constant", "a constant expression fails");
          }
          if (FloatCasts.dependOnOptimiser(frontEnd, analysed, plan)) {
            return Translation.refused(
                RefusalCode.FUNCTION_NOT_SUPPORTED,
                "CAST AS FLOAT",
                "Spark's optimiser decides whether these whole numbers are rounded to FLOAT");
          }
          if (UnsafeReverse.isIn(plan)) {
            return Translation.refused(
                RefusalCode.FUNCTION_NOT_SUPPORTED,
                "reverse",
                "over bytes that need not be UTF-8, Spark's code writes outside of its memory");
          }
          if (ConstantNullIn.mayBeIn(plan)) {
            return Translation.refused(
                RefusalCode.OPERATOR_NOT_SUPPORTED,
                "IN (SELECT …)",
                "with ANSI mode off, Spark's optimiser makes NULL of it for a constant NULL");
          }
          if (TrySums.dependOnOptimiser(frontEnd, analysed, plan)) {
            return Translation.refused(
                RefusalCode.FUNCTION_NOT_SUPPORTED,
                "TRY_ADD, TRY_MULTIPLY",
                "Spark's optimiser decides which of these sums overflow");
          }
          TranslationContext context = context(width);
          Translation<TranslatedQuery> asWritten = translated(plan, context);
          return context.areJoinsNeeded()
              ? withJoins(analysed, asWritten, context(width))
              : asWritten;
        });
  }

  private Translation<TranslatedQuery> withJoins(
      LogicalPlan analysed, Translation<TranslatedQuery> asWritten, TranslationContext context) {
    LogicalPlan joined;
    try {
      joined = frontEnd.withSubqueriesAsJoins(analysed);
    } catch (SqlException e) {
      // What Spark's optimiser raises, Spark has to say.
      return asWritten;
    }
    return translated(joined, context)
        .fold(Translation::done, reasons -> withFirst(asWritten, reasons));
  }

  private static Translation<TranslatedQuery> withFirst(
      Translation<TranslatedQuery> first, List<Refusal> then) {
    List<Refusal> reasons = new ArrayList<>(first.reasonsOrNone());
    reasons.addAll(then);
    return Translation.refused(reasons);
  }

  private TranslationContext context(DecimalWidth width) {
    return new TranslationContext(frontEnd, sparkCode, width == DecimalWidth.WIDE);
  }

  private static Translation<TranslatedQuery> translated(
      LogicalPlan plan, TranslationContext context) {
    return new RelationTranslator(context)
        .translate(plan, Optional.empty())
        .map(block -> finished(RelationTranslator.exactly(block, plan), plan, context));
  }

  private static TranslatedQuery finished(
      Block block, LogicalPlan plan, TranslationContext context) {
    Set<Integer> reassociated = new HashSet<>();
    Set<Integer> unordered = new HashSet<>();
    List<Attribute> output = Scala.list(plan.output());
    for (int i = 0; i < output.size(); i++) {
      if (context.isReassociated(output.get(i))) {
        reassociated.add(i);
      }
      if (context.isUnordered(output.get(i))) {
        unordered.add(i);
      }
    }
    return new TranslatedQuery(
        block.query(),
        !block.orderBy().isEmpty(),
        reassociated,
        unordered,
        TranslatedQuery.joined(context.undecided()),
        context.reads(),
        context.functions());
  }
}
