package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Hour;
import org.apache.spark.sql.catalyst.expressions.LastDay;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Minute;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.Second;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.WeekOfYear;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.types.TimestampNTZType;
import scala.Option;

/** Dates and times. Both engines use the proleptic Gregorian calendar. */
final class DateTimeRules {
  /** Spark's words for a unit, and DuckDB's. */
  private static final Map<String, String> DATE_UNITS =
      Map.ofEntries(
          Map.entry("YEAR", "year"),
          Map.entry("YYYY", "year"),
          Map.entry("YY", "year"),
          Map.entry("QUARTER", "quarter"),
          Map.entry("MONTH", "month"),
          Map.entry("MON", "month"),
          Map.entry("MM", "month"),
          Map.entry("WEEK", "week"));

  static final List<Rule> RULES =
      List.of(
          part(Year.class, "year"),
          part(Quarter.class, "quarter"),
          part(Month.class, "month"),
          part(DayOfMonth.class, "day"),
          part(DayOfYear.class, "dayofyear"),
          part(WeekOfYear.class, "weekofyear"),
          Rule.of(
              DayOfWeek.class,
              (e, a) -> integer(Sql.infix(Sql.call("dayofweek", a.get(0)), "+", Sql.literal("1")))),
          Rule.of(
              WeekDay.class,
              (e, a) -> integer(Sql.infix(Sql.call("isodow", a.get(0)), "-", Sql.literal("1")))),
          Rule.custom(Hour.class, (e, t) -> clock(e, "hour", e.timeZoneId(), t)),
          Rule.custom(Minute.class, (e, t) -> clock(e, "minute", e.timeZoneId(), t)),
          Rule.custom(Second.class, (e, t) -> clock(e, "second", e.timeZoneId(), t)),
          Rule.infix(DateAdd.class, "+"),
          Rule.infix(DateSub.class, "-"),
          Rule.of(DateDiff.class, (e, a) -> integer(Sql.infix(a.get(0), "-", a.get(1)))),
          Rule.of(AddMonths.class, (e, a) -> addMonths(a.get(0), a.get(1))),
          Rule.custom(DateAddYMInterval.class, DateTimeRules::addInterval),
          Rule.of(LastDay.class, (e, a) -> Sql.cast(Sql.call("last_day", a.get(0)), "DATE")),
          Rule.custom(TruncDate.class, DateTimeRules::truncateDate),
          Rule.custom(TruncTimestamp.class, DateTimeRules::truncateTimestamp));

  private DateTimeRules() {}

  private static Sql integer(Sql value) {
    return Sql.cast(value, "INTEGER");
  }

  private static <E extends Expression> Rule part(Class<E> type, String name) {
    return Rule.of(type, (e, a) -> integer(Sql.call(name, a.get(0))));
  }

  private static Translation<Sql> clock(
      Expression e, String name, Option<String> zone, ExpressionTranslator t) {
    return t.children(e)
        .flatMap(
            a -> {
              Sql part = integer(Sql.call(name, a.get(0)));
              boolean fixed =
                  e.children().head().dataType() instanceof TimestampNTZType
                      || (zone.isDefined() && CastRules.isFixedOffset(zone.get()));
              return fixed
                  ? Translation.done(part)
                  : t.guarded(e, CastRules.inZoneRules(a.get(0)), part);
            });
  }

  private static Sql addMonths(Sql date, Sql months) {
    return Sql.cast(Sql.infix(date, "+", Sql.call("to_months", months)), "DATE");
  }

  private static Translation<Sql> addInterval(DateAddYMInterval e, ExpressionTranslator t) {
    if (!(e.interval() instanceof Literal months) || months.value() == null) {
      return t.sparkCode(e);
    }
    return t.translate(e.date())
        .map(date -> addMonths(date, Sql.literal(months.value().toString())));
  }

  private static Optional<String> unit(Expression format) {
    return format instanceof Literal literal && literal.value() != null
        ? Optional.ofNullable(DATE_UNITS.get(literal.value().toString().toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static Translation<Sql> truncateDate(TruncDate e, ExpressionTranslator t) {
    Optional<String> unit = unit(e.format());
    return unit.isEmpty()
        ? t.sparkCode(e)
        : t.translate(e.date())
            .map(date -> Sql.cast(Sql.call("date_trunc", Sql.string(unit.get()), date), "DATE"));
  }

  private static Translation<Sql> truncateTimestamp(TruncTimestamp e, ExpressionTranslator t) {
    Optional<String> unit = unit(e.format());
    boolean fixed = e.timeZoneId().isDefined() && CastRules.isFixedOffset(e.timeZoneId().get());
    return unit.isEmpty() || !fixed
        ? t.sparkCode(e)
        : t.translate(e.timestamp())
            .map(timestamp -> Sql.call("date_trunc", Sql.string(unit.get()), timestamp));
  }
}
