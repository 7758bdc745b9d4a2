package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.BitwiseNot;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.Ceil;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Floor;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.Sqrt;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;

/**
 * Arithmetic. DuckDB raises where an integer or a decimal overflows, in both ANSI modes; Spark then
 * runs the query and gives its error, its NULL or its wrapped number.
 *
 * <p>A decimal of Spark type (p, s) is a DuckDB decimal of the same scale s, whose width may
 * differ: the scale is what decides the value.
 */
final class ArithmeticRules {
  /** The most digits that DuckDB keeps in 64 bits. */
  private static final int NARROW = 18;

  private static final int MAX_DIGITS = DecimalType.MAX_PRECISION();
  private static final int MAX_UNSCALED = 12;

  static final List<Rule> RULES =
      List.of(
          Rule.custom(Add.class, (e, t) -> addition(e, "+", t)),
          Rule.custom(Subtract.class, (e, t) -> addition(e, "-", t)),
          Rule.custom(Multiply.class, ArithmeticRules::multiplication),
          Rule.custom(Divide.class, ArithmeticRules::division),
          Rule.custom(IntegralDivide.class, ArithmeticRules::integralDivision),
          Rule.custom(Remainder.class, ArithmeticRules::remainder),
          Rule.custom(
              UnaryMinus.class,
              (e, t) ->
                  roundsSign(e)
                      ? t.sparkCode(e)
                      : t.translate(e.child()).map(value -> new Sql.Prefix("-", value))),
          Rule.of(UnaryPositive.class, (e, a) -> a.get(0)),
          Rule.custom(
              Abs.class,
              (e, t) ->
                  roundsSign(e)
                      ? t.sparkCode(e)
                      : t.translate(e.child()).map(value -> Sql.call("abs", value))),
          Rule.of(Sqrt.class, (e, a) -> Sql.call("sqrt", a.get(0))),
          Rule.of(Ceil.class, (e, a) -> toWhole("ceil", e, a.get(0))),
          Rule.of(Floor.class, (e, a) -> toWhole("floor", e, a.get(0))),
          Rule.custom(Round.class, ArithmeticRules::round),
          Rule.infix(BitwiseAnd.class, "&"),
          Rule.infix(BitwiseOr.class, "|"),
          Rule.of(BitwiseXor.class, (e, a) -> Sql.call("xor", a.get(0), a.get(1))),
          Rule.of(BitwiseNot.class, (e, a) -> new Sql.Prefix("~", a.get(0))));

  private ArithmeticRules() {}

  // Spark changes a decimal's sign through Scala's BigDecimal, which keeps 34 digits.
  private static boolean roundsSign(Expression e) {
    return e.dataType() instanceof DecimalType decimal && decimal.precision() > 34;
  }

  /** Whether a TRY function asks for NULL in place of an error, which needs Spark's code. */
  private static boolean isTry(BinaryArithmetic e) {
    return e.evalMode().equals(EvalMode$.MODULE$.TRY());
  }

  private static boolean isAnsi(BinaryArithmetic e) {
    return e.evalMode().equals(EvalMode$.MODULE$.ANSI());
  }

  private static Translation<Sql> addition(
      BinaryArithmetic e, String operator, ExpressionTranslator t) {
    if (isTry(e)) {
      return t.sparkCode(e);
    }
    if (e.dataType() instanceof DecimalType result) {
      int scale = Math.max(scaleOf(e.left()), scaleOf(e.right()));
      return decimal(e, operator, result, scale, t);
    }
    return plain(e, operator, t);
  }

  private static Translation<Sql> multiplication(Multiply e, ExpressionTranslator t) {
    if (isTry(e)) {
      return t.sparkCode(e);
    }
    if (e.dataType() instanceof DecimalType result) {
      return scaledByConstant(e, result, t)
          .orElseGet(() -> decimal(e, "*", result, scaleOf(e.left()) + scaleOf(e.right()), t));
    }
    return plain(e, "*", t);
  }

  /**
   * A product that Spark rounds by its type only: without the zeros behind a constant's last digit
   * it has no more digits behind the point than the result. DuckDB raises where it has too many
   * before the point.
   */
  private static Optional<Translation<Sql>> scaledByConstant(
      Multiply e, DecimalType result, ExpressionTranslator t) {
    boolean rounds = result.scale() < scaleOf(e.left()) + scaleOf(e.right());
    Expression value = e.right() instanceof Literal ? e.left() : e.right();
    return constant(value == e.left() ? e.right() : e.left())
        .filter(factor -> rounds && scaleOf(value) + factor.scale() <= result.scale())
        .map(
            factor ->
                t.translate(value)
                    .map(
                        sql ->
                            Sql.cast(
                                Sql.infix(
                                    wide(sql, scaleOf(value)),
                                    "*",
                                    wide(Sql.literal(factor.toPlainString()), factor.scale())),
                                DuckTypes.of(result).orElseThrow())));
  }

  private static Optional<BigDecimal> constant(Expression e) {
    return e instanceof Literal literal && literal.value() instanceof Decimal decimal
        ? Optional.of(decimal.toJavaBigDecimal().stripTrailingZeros())
            .map(value -> value.setScale(Math.max(value.scale(), 0)))
        : Optional.empty();
  }

  private static Translation<Sql> plain(
      BinaryArithmetic e, String operator, ExpressionTranslator t) {
    if (DuckTypes.isInterval(e.dataType())) {
      // Intervals raise on overflow in both modes.
      return t.children(e)
          .map(
              a ->
                  Sql.cast(
                      Sql.infix(a.get(0), operator, a.get(1)),
                      DuckTypes.of(e.dataType()).orElseThrow()));
    }
    if (!isNumber(e.dataType())) {
      return ExpressionTranslator.refuse(
          e, RefusalCode.TYPE_NOT_SUPPORTED, "arithmetic over " + e.dataType().sql());
    }
    return t.children(e).map(a -> Sql.infix(a.get(0), operator, a.get(1)));
  }

  private static Translation<Sql> decimal(
      BinaryArithmetic e, String operator, DecimalType result, int scale, ExpressionTranslator t) {
    if (result.scale() != scale) {
      // Spark gives up digits behind the point to keep those before it; DuckDB never does.
      return t.sparkCode(e);
    }
    // DuckDB works in 64 bits when both sides fit, and raises when the result does not.
    boolean widens = t.context().wideDecimals() && result.precision() > NARROW;
    return t.children(e)
        .map(
            a ->
                widens
                    ? Sql.infix(
                        wide(a.get(0), scaleOf(e.left())),
                        operator,
                        wide(a.get(1), scaleOf(e.right())))
                    : Sql.infix(a.get(0), operator, a.get(1)));
  }

  private static Sql wide(Sql value, int scale) {
    return Sql.cast(value, "DECIMAL(" + MAX_DIGITS + ", " + scale + ")");
  }

  private static int scaleOf(Expression e) {
    return ((DecimalType) e.dataType()).scale();
  }

  private static boolean isNumber(DataType type) {
    return DuckTypes.isIntegral(type) || DuckTypes.isFloating(type) || type instanceof DecimalType;
  }

  private static Translation<Sql> division(Divide e, ExpressionTranslator t) {
    if (isTry(e)) {
      return t.sparkCode(e);
    }
    if (e.dataType() instanceof DecimalType result) {
      return decimalDivision(e, result, t);
    }
    return t.children(e).map(a -> Sql.infix(a.get(0), "/", divisor(e, a.get(0), a.get(1))));
  }

  // DuckDB divides a double by zero to Infinity; Spark raises in ANSI mode, and gives NULL
  // otherwise.
  private static Sql divisor(BinaryArithmetic e, Sql dividend, Sql divisor) {
    if (isNonZero(e.right())) {
      return divisor;
    }
    Sql zero = Sql.infix(divisor, "=", Sql.literal("0"));
    if (!isAnsi(e)) {
      return Sql.call("nullif", divisor, Sql.literal("0"));
    }
    Sql fails = e.left().nullable() ? Sql.infix(zero, "AND", Sql.isNotNull(dividend)) : zero;
    return Sql.iff(fails, Sql.call("error", Sql.string("division by zero")), divisor);
  }

  private static boolean isNonZero(Expression e) {
    if (!(e instanceof Literal literal) || literal.value() == null) {
      return false;
    }
    return literal.value() instanceof Decimal decimal
        ? !decimal.isZero()
        : literal.value() instanceof Number number && number.doubleValue() != 0;
  }

  /**
   * An exact quotient, rounded half up: both sides become whole numbers of their last digit, are
   * divided as such, and the result gets its point back.
   */
  private static Translation<Sql> decimalDivision(
      Divide e, DecimalType result, ExpressionTranslator t) {
    int shift = result.scale() - scaleOf(e.left()) + scaleOf(e.right());
    // Quotients of quotients have many digits behind the point, which 128 bits do not hold twice.
    boolean deep = Math.max(scaleOf(e.left()), scaleOf(e.right())) > MAX_UNSCALED;
    if (shift < 0 || shift > MAX_DIGITS - 1 || deep) {
      return t.sparkCode(e);
    }
    return t.children(e)
        .map(
            a -> {
              Sql dividend =
                  Sql.infix(
                      unscaled(a.get(0), scaleOf(e.left())),
                      "*",
                      Sql.cast(power(shift), "HUGEINT"));
              Sql divisor = unscaled(divisor(e, a.get(0), a.get(1)), scaleOf(e.right()));
              return scaled(Sql.call("kindling_half_up", dividend, divisor), result);
            });
  }

  /** A decimal as the whole number of its last digits. */
  static Sql unscaled(Sql decimal, int scale) {
    Sql wide = wide(decimal, scale);
    return Sql.cast(scale == 0 ? wide : Sql.infix(wide, "*", power(scale)), "HUGEINT");
  }

  /** A whole number of last digits as a decimal of the given type. */
  static Sql scaled(Sql digits, DecimalType type) {
    Sql whole = Sql.cast(digits, "DECIMAL(" + MAX_DIGITS + ", 0)");
    Sql value =
        type.scale() == 0
            ? whole
            : Sql.infix(
                whole,
                "*",
                Sql.literal(BigDecimal.ONE.movePointLeft(type.scale()).toPlainString()));
    return Sql.cast(value, DuckTypes.of(type).orElseThrow());
  }

  /** Ten to the given power, as a constant. */
  static Sql power(int exponent) {
    return Sql.literal(BigDecimal.TEN.pow(exponent).toPlainString());
  }

  private static Translation<Sql> integralDivision(IntegralDivide e, ExpressionTranslator t) {
    if (isTry(e) || !DuckTypes.isIntegral(e.left().dataType())) {
      return t.sparkCode(e);
    }
    return t.children(e)
        .map(a -> Sql.cast(Sql.infix(a.get(0), "//", divisor(e, a.get(0), a.get(1))), "BIGINT"));
  }

  private static Translation<Sql> remainder(Remainder e, ExpressionTranslator t) {
    if (isTry(e) || e.dataType() instanceof DecimalType) {
      return t.sparkCode(e);
    }
    return t.children(e).map(a -> Sql.infix(a.get(0), "%", divisor(e, a.get(0), a.get(1))));
  }

  private static Sql toWhole(String function, Expression e, Sql value) {
    return Sql.cast(Sql.call(function, value), DuckTypes.of(e.dataType()).orElseThrow());
  }

  private static Translation<Sql> round(Round e, ExpressionTranslator t) {
    boolean decimal =
        e.child().dataType() instanceof DecimalType
            && e.scale() instanceof Literal digits
            && digits.value() != null
            && (Integer) digits.value() >= 0;
    if (!decimal || e.dataType() instanceof DoubleType) {
      // A double is rounded through its shortest decimal text, which DuckDB does not do.
      return t.sparkCode(e);
    }
    int digits = (Integer) ((Literal) e.scale()).value();
    String type = DuckTypes.of(e.dataType()).orElseThrow();
    return t.translate(e.child())
        .map(value -> Sql.cast(Sql.call("round", value, Sql.literal("" + digits)), type));
  }
}
