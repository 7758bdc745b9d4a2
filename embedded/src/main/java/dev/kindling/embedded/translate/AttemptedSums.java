package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.math.BigInteger;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * The sums of {@code try_sum} and {@code try_avg}: NULL in Spark as soon as the sum of some of the
 * rows, in whatever order they come, has no place in the result's type.
 */
final class AttemptedSums {
  private AttemptedSums() {}

  /** The type in which Spark adds decimals up. */
  static DecimalType total(DecimalType input) {
    return new DecimalType(
        Math.min(DecimalType.MAX_PRECISION(), input.precision() + 10), input.scale());
  }

  /**
   * The sum of values without floating point. No order overflows where neither all positive nor all
   * negative values do; every order does where the whole sum has no place. What lies between
   * raises, so that Spark runs it in its own order.
   *
   * @param result the type in which Spark adds the values up
   */
  static Sql of(Sql value, DataType input, DataType result, AggregateCalls calls) {
    String type = DuckTypes.of(result).orElseThrow();
    Sql total = calls.call("sum", value);
    if (!mayOverflow(input)) {
      return new Sql.TryCast(total, type);
    }
    Sql zero = Sql.literal("0");
    Sql most = literal(largest(result), result);
    Sql least = literal(smallest(result), result);
    Sql positive = calls.callWhere(Sql.infix(value, ">", zero), "sum", value);
    Sql negative = calls.callWhere(Sql.infix(value, "<", zero), "sum", value);
    Sql fits =
        Sql.infix(
            Sql.infix(Sql.call("coalesce", positive, zero), "<=", most),
            "AND",
            Sql.infix(Sql.call("coalesce", negative, zero), ">=", least));
    Sql overflows = Sql.infix(Sql.infix(total, ">", most), "OR", Sql.infix(total, "<", least));
    Sql undecided = Sql.cast(Sql.call("error", Sql.string("the order of addition decides")), type);
    return Sql.iff(Sql.infix(fits, "OR", overflows), new Sql.TryCast(total, type), undecided);
  }

  private static boolean mayOverflow(DataType input) {
    return input instanceof LongType
        || DuckTypes.isInterval(input)
        || (input instanceof DecimalType decimal
            && decimal.precision() > DecimalType.MAX_PRECISION() - 10);
  }

  private static BigInteger largest(DataType type) {
    if (type instanceof DecimalType decimal) {
      return BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
    }
    return BigInteger.valueOf(
        type instanceof YearMonthIntervalType ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  private static BigInteger smallest(DataType type) {
    BigInteger mirrored = largest(type).negate();
    return type instanceof DecimalType ? mirrored : mirrored.subtract(BigInteger.ONE);
  }

  private static Sql literal(BigInteger unscaled, DataType type) {
    return type instanceof DecimalType decimal
        ? Sql.cast(
            Sql.string(new java.math.BigDecimal(unscaled, decimal.scale()).toPlainString()),
            DuckTypes.of(type).orElseThrow())
        : Sql.cast(Sql.string(unscaled.toString()), "HUGEINT");
  }
}
