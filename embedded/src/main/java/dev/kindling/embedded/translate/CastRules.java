package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RaiseError;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Casts. DuckDB casts a value itself where both engines agree on it; the other values, and those
 * that Spark refuses, go to Spark's own code.
 */
final class CastRules {
  static final List<Rule> RULES = List.of(Rule.custom(Cast.class, CastRules::cast));

  private static boolean raises(Expression e) {
    return e instanceof RaiseError
        || Scala.<Expression>list(e.children()).stream().anyMatch(CastRules::raises);
  }

  private static final String WHOLE_NUMBER = "[+-]?[0-9]{1,%d}";
  private static final String PLAIN_DECIMAL = "[+-]?[0-9]{1,18}(\\.[0-9]{1,18})?";
  private static final String ISO_DATE = "[12][0-9]{3}-[0-9]{2}-[0-9]{2}";

  private CastRules() {}

  private static Translation<Sql> cast(Cast e, ExpressionTranslator t) {
    DataType from = e.child().dataType();
    DataType to = e.dataType();
    if (from.sameType(to)) {
      return t.translate(e.child());
    }
    Optional<String> type = DuckTypes.of(to);
    if (type.isEmpty() || (!(from instanceof NullType) && DuckTypes.of(from).isEmpty())) {
      return ExpressionTranslator.refuse(
          e, RefusalCode.TYPE_NOT_SUPPORTED, "a cast from " + from.sql() + " to " + to.sql());
    }
    if (from instanceof NullType && raises(e.child())) {
      // A value of no type that is never there: the error is what the expression is for.
      return Translation.done(Sql.cast(Sql.call("error", Sql.string("raise_error")), type.get()));
    }
    if (from instanceof NullType) {
      return Translation.done(Sql.cast(Sql.literal("NULL"), type.get()));
    }
    if (!DuckTypes.isAtomic(from) || !DuckTypes.isAtomic(to)) {
      boolean onlyNullability = DuckTypes.of(from).equals(type);
      return onlyNullability
          ? t.translate(e.child())
          : ExpressionTranslator.refuse(
              e, RefusalCode.TYPE_NOT_SUPPORTED, "a cast from " + from.sql() + " to " + to.sql());
    }
    if (e.evalMode().equals(EvalMode$.MODULE$.TRY())) {
      return t.sparkCode(e);
    }
    return atomic(e, from, to, type.get(), t);
  }

  private static Translation<Sql> atomic(
      Cast e, DataType from, DataType to, String type, ExpressionTranslator t) {
    if (DuckTypes.isInterval(from) || DuckTypes.isInterval(to)) {
      return t.sparkCode(e);
    }
    if (from instanceof StringType) {
      return fromString(e, to, type, t);
    }
    if (to instanceof StringType) {
      return toText(e, from, t);
    }
    if (isNumeric(from) && isNumeric(to)) {
      return numeric(e, from, to, type, t);
    }
    if (from instanceof BooleanType && isNumeric(to)) {
      return t.translate(e.child()).map(value -> Sql.cast(value, type));
    }
    if (to instanceof BooleanType && isNumeric(from)) {
      return t.translate(e.child()).map(value -> Sql.infix(value, "<>", Sql.literal("0")));
    }
    boolean days =
        (from instanceof DateType && to instanceof TimestampNTZType)
            || (from instanceof TimestampNTZType && to instanceof DateType);
    if (days) {
      return t.translate(e.child()).map(value -> Sql.cast(value, type));
    }
    if (from instanceof TimestampType && to instanceof DateType) {
      return t.translate(e.child())
          .flatMap(
              value ->
                  isFixedOffset(e)
                      ? Translation.done(Sql.cast(value, type))
                      : t.guarded(e, inZoneRules(value), Sql.cast(value, type)));
    }
    if (from instanceof DateType && to instanceof TimestampType && isFixedOffset(e)) {
      return t.translate(e.child()).map(value -> Sql.cast(value, type));
    }
    return t.sparkCode(e);
  }

  private static boolean isFixedOffset(Cast e) {
    return e.timeZoneId().isDefined() && isFixedOffset(e.timeZoneId().get());
  }

  /** Whether a time zone never changes its offset, so that both engines agree on every instant. */
  static boolean isFixedOffset(String zone) {
    return ZoneId.of(zone, ZoneId.SHORT_IDS).normalized() instanceof ZoneOffset;
  }

  /** Whether an instant lies in the years for which both engines' zone rules were compared. */
  static Sql inZoneRules(Sql timestamp) {
    return Sql.infix(
        Sql.infix(timestamp, ">=", Sql.literal("TIMESTAMPTZ '1850-01-01 00:00:00+00'")),
        "AND",
        Sql.infix(timestamp, "<", Sql.literal("TIMESTAMPTZ '2100-01-01 00:00:00+00'")));
  }

  private static boolean isNumeric(DataType type) {
    return DuckTypes.isIntegral(type) || DuckTypes.isFloating(type) || type instanceof DecimalType;
  }

  private static Translation<Sql> numeric(
      Cast e, DataType from, DataType to, String type, ExpressionTranslator t) {
    return t.translate(e.child())
        .flatMap(
            value -> {
              if (from instanceof DecimalType decimal) {
                return fromDecimal(e, value, decimal, to, type, t);
              }
              if (to instanceof DecimalType) {
                return DuckTypes.isIntegral(from)
                    ? checked(e, value, type, t)
                    : checked(e, Sql.cast(Sql.cast(value, "DOUBLE"), "VARCHAR"), type, t);
              }
              if (DuckTypes.isFloating(from) && DuckTypes.isIntegral(to)) {
                // DuckDB rounds 1.9 to 2 here, Spark cuts to 1.
                return checked(e, Sql.call("trunc", value), type, t);
              }
              return checked(e, value, type, t);
            });
  }

  private static Translation<Sql> fromDecimal(
      Cast e, Sql value, DecimalType from, DataType to, String type, ExpressionTranslator t) {
    if (to instanceof DecimalType decimal) {
      boolean lossless = decimal.scale() == from.scale() && decimal.precision() >= from.precision();
      // The same scale is the same value; a wider type is only a promise.
      return lossless ? Translation.done(value) : checked(e, value, type, t);
    }
    if (DuckTypes.isIntegral(to)) {
      return checked(e, Sql.call("trunc", value), type, t);
    }
    // Up to 15 digits a double holds the digits exactly, and one division rounds once.
    boolean exact = from.precision() <= 15 && to instanceof DoubleType;
    return Translation.done(Sql.cast(exact ? value : Sql.cast(value, "VARCHAR"), type));
  }

  /**
   * A cast that DuckDB raises on where Spark raises. Outside ANSI mode Spark gives NULL or wraps,
   * so Spark's own code takes over unless every value fits.
   */
  private static Translation<Sql> checked(Cast e, Sql value, String type, ExpressionTranslator t) {
    boolean fits = Cast.canUpCast(e.child().dataType(), e.dataType());
    return fits || e.evalMode().equals(EvalMode$.MODULE$.ANSI())
        ? Translation.done(Sql.cast(value, type))
        : t.sparkCode(e);
  }

  private static Translation<Sql> fromString(
      Cast e, DataType to, String type, ExpressionTranslator t) {
    return t.translate(e.child())
        .flatMap(
            value -> {
              if (DuckTypes.isIntegral(to)) {
                return t.guarded(e, matches(value, wholeNumber(to)), Sql.cast(value, type));
              }
              if (to instanceof DecimalType decimal
                  && decimal.precision() - decimal.scale() >= 18) {
                return t.guarded(e, matches(value, PLAIN_DECIMAL), Sql.cast(value, type));
              }
              if (to instanceof DoubleType) {
                return t.guarded(e, matches(value, PLAIN_DECIMAL), Sql.cast(value, type));
              }
              if (to instanceof DateType) {
                Sql date = new Sql.TryCast(value, type);
                Sql guard = Sql.infix(matches(value, ISO_DATE), "AND", Sql.isNotNull(date));
                return t.guarded(e, guard, date);
              }
              if (to instanceof BinaryType) {
                return Translation.done(Sql.call("encode", value));
              }
              return t.sparkCode(e);
            });
  }

  private static Sql matches(Sql value, String pattern) {
    return Sql.call("regexp_full_match", value, Sql.string(pattern));
  }

  /** As many digits as always fit the type. */
  private static String wholeNumber(DataType to) {
    int digits =
        to instanceof ByteType
            ? 2
            : to instanceof ShortType ? 4 : to instanceof IntegerType ? 9 : 18;
    return WHOLE_NUMBER.formatted(digits);
  }

  private static Translation<Sql> toText(Cast e, DataType from, ExpressionTranslator t) {
    if (DuckTypes.isIntegral(from) || from instanceof BooleanType) {
      return t.translate(e.child()).map(value -> Sql.cast(value, "VARCHAR"));
    }
    // Small numbers get an exponent in Spark; DuckDB writes no 0 before the point of a
    // DECIMAL(2,2).
    boolean plain =
        from instanceof DecimalType decimal
            && decimal.scale() <= 6
            && decimal.precision() > decimal.scale();
    if (plain) {
      return t.translate(e.child()).map(value -> Sql.cast(value, "VARCHAR"));
    }
    if (from instanceof DateType) {
      return t.translate(e.child())
          .flatMap(
              value ->
                  t.guarded(
                      e,
                      Sql.infix(
                          Sql.infix(value, ">=", Sql.literal("DATE '1000-01-01'")),
                          "AND",
                          Sql.infix(value, "<=", Sql.literal("DATE '9999-12-31'"))),
                      Sql.cast(value, "VARCHAR")));
    }
    return t.sparkCode(e);
  }
}
