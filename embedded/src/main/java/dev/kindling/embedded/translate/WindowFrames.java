package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.sql.SqlPrinter;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Window frames. A RANGE frame with an offset compares the sort key with the current one moved by
 * that offset: dates are counted in days and timestamps in microseconds where that is how Spark
 * moves them, so that the offset is a number.
 */
final class WindowFrames {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * A frame.
   *
   * @param text the frame clause; empty when there is none
   * @param key what the sort key becomes, for the offsets to be added to it
   */
  record Frame(Optional<String> text, UnaryOperator<Sql> key) {
    static final Frame NONE = new Frame(Optional.empty(), UnaryOperator.identity());

    /** The sort keys under this frame. */
    List<Sql.SortKey> keys(List<Sql.SortKey> keys) {
      return keys.stream()
          .map(k -> new Sql.SortKey(key.apply(k.expression()), k.ascending(), k.nullsFirst()))
          .toList();
    }
  }

  /** How the bounds of a RANGE frame over one type of key are written. */
  private record Unit(UnaryOperator<Sql> key, java.util.function.Function<Object, Sql> size) {}

  private WindowFrames() {}

  static Translation<Frame> of(Expression window, WindowSpecDefinition spec) {
    if (!(spec.frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      return Translation.done(Frame.NONE);
    }
    boolean range = frame.frameType() == RangeFrame$.MODULE$;
    boolean offsets = frame.lower() instanceof Literal || frame.upper() instanceof Literal;
    Optional<Unit> unit = Optional.of(new Unit(UnaryOperator.identity(), WindowFrames::number));
    if (range && offsets) {
      List<SortOrder> order = Scala.list(spec.orderSpec());
      unit = unit(order.get(0).child().dataType(), frame);
    }
    if (unit.isEmpty()) {
      return refuse(window, frame);
    }
    Unit found = unit.get();
    Optional<String> lower = bound(frame.lower(), found);
    Optional<String> upper = bound(frame.upper(), found);
    if (lower.isEmpty() || upper.isEmpty()) {
      return refuse(window, frame);
    }
    String text = (range ? "RANGE" : "ROWS") + " BETWEEN " + lower.get() + " AND " + upper.get();
    return Translation.done(new Frame(Optional.of(text), found.key()));
  }

  private static <T> Translation<T> refuse(Expression window, SpecifiedWindowFrame frame) {
    return ExpressionTranslator.refuse(
        window, RefusalCode.OPERATOR_NOT_SUPPORTED, "no exact frame for " + frame.sql());
  }

  private static Optional<Unit> unit(DataType key, SpecifiedWindowFrame frame) {
    if (DuckTypes.isIntegral(key)) {
      return Optional.of(new Unit(UnaryOperator.identity(), WindowFrames::number));
    }
    if (DuckTypes.isFloating(key)) {
      String type = DuckTypes.of(key).orElseThrow();
      return Optional.of(
          new Unit(UnaryOperator.identity(), size -> Sql.cast(Sql.string("" + size), type)));
    }
    if (key instanceof DecimalType decimal) {
      String wide = "DECIMAL(" + DecimalType.MAX_PRECISION() + ", " + decimal.scale() + ")";
      return Optional.of(
          new Unit(value -> Sql.cast(value, wide), size -> Sql.cast(Sql.literal("" + size), wide)));
    }
    boolean months = everyOffset(frame, YearMonthIntervalType.class);
    boolean micros = everyOffset(frame, DayTimeIntervalType.class);
    if (key instanceof DateType) {
      if (everyOffset(frame, IntegerType.class)) {
        return Optional.of(new Unit(SparkCode::days, WindowFrames::number));
      } else if (micros) {
        return Optional.of(new Unit(SparkCode::days, size -> number((Long) size / MICROS_PER_DAY)));
      }
      return months ? Optional.of(inMonths()) : Optional.empty();
    }
    boolean local = key instanceof TimestampNTZType;
    if (!local && !(key instanceof TimestampType)) {
      return Optional.empty();
    }
    boolean fixed = local || CastRules.isFixedOffset(SQLConf.get().sessionLocalTimeZone());
    if (micros && (fixed || (isShort(frame.lower()) && isShort(frame.upper())))) {
      // Whole days are added by the clock, which only a change of the zone's offset can tell.
      return Optional.of(new Unit(value -> Sql.call("epoch_us", value), WindowFrames::number));
    }
    return months && fixed ? Optional.of(inMonths()) : Optional.empty();
  }

  private static Unit inMonths() {
    return new Unit(UnaryOperator.identity(), size -> Sql.literal("INTERVAL " + size + " MONTH"));
  }

  private static boolean isShort(Expression bound) {
    return !(bound instanceof Literal literal)
        || (literal.value() instanceof Long size && Math.abs(size) < MICROS_PER_DAY);
  }

  private static boolean everyOffset(SpecifiedWindowFrame frame, Class<? extends DataType> type) {
    return (!(frame.lower() instanceof Literal lower) || type.isInstance(lower.dataType()))
        && (!(frame.upper() instanceof Literal upper) || type.isInstance(upper.dataType()));
  }

  private static Sql number(Object value) {
    return Sql.literal(value.toString());
  }

  private static Optional<String> bound(Expression bound, Unit unit) {
    if (bound == UnboundedPreceding$.MODULE$) {
      return Optional.of("UNBOUNDED PRECEDING");
    } else if (bound == UnboundedFollowing$.MODULE$) {
      return Optional.of("UNBOUNDED FOLLOWING");
    } else if (bound == CurrentRow$.MODULE$) {
      return Optional.of("CURRENT ROW");
    } else if (!(bound instanceof Literal literal) || literal.value() == null) {
      return Optional.empty();
    }
    Object value = ((Literal) bound).value();
    if (isZero(value)) {
      // Zero may be meant as PRECEDING or FOLLOWING: only this fits as both ends of a frame.
      return Optional.of("CURRENT ROW");
    }
    boolean negative;
    Object size;
    if (value instanceof Decimal decimal) {
      negative = decimal.toJavaBigDecimal().signum() < 0;
      size = decimal.toJavaBigDecimal().abs().toPlainString();
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      negative = number < 0;
      size = value instanceof Float ? (Object) Math.abs((Float) value) : Math.abs(number);
    } else if (value instanceof Number number && number.longValue() != Long.MIN_VALUE) {
      negative = number.longValue() < 0;
      size = Math.abs(number.longValue());
    } else {
      return Optional.empty();
    }
    String text = SqlPrinter.print(unit.size().apply(size));
    return Optional.of(text + (negative ? " PRECEDING" : " FOLLOWING"));
  }

  private static boolean isZero(Object value) {
    return value instanceof Decimal decimal
        ? decimal.isZero()
        : value instanceof Number number && number.doubleValue() == 0;
  }
}
