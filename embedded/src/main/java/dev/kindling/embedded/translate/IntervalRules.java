package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.DivideDTInterval;
import org.apache.spark.sql.catalyst.expressions.DivideYMInterval;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalDays;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalHours;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMinutes;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalMonths;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalSeconds;
import org.apache.spark.sql.catalyst.expressions.ExtractANSIIntervalYears;
import org.apache.spark.sql.catalyst.expressions.MakeDTInterval;
import org.apache.spark.sql.catalyst.expressions.MakeYMInterval;
import org.apache.spark.sql.catalyst.expressions.MultiplyDTInterval;
import org.apache.spark.sql.catalyst.expressions.MultiplyYMInterval;
import org.apache.spark.sql.catalyst.expressions.SubtractDates;
import org.apache.spark.sql.catalyst.expressions.SubtractTimestamps;

/**
 * Intervals: microseconds or months, as Catalyst holds them. Adding, comparing, grouping and
 * sorting them is arithmetic; what knows of calendars and units is Spark's own code.
 */
final class IntervalRules {
  private static final List<Class<? extends Expression>> BY_SPARK =
      List.of(
          SubtractTimestamps.class,
          MakeDTInterval.class,
          MakeYMInterval.class,
          ExtractANSIIntervalDays.class,
          ExtractANSIIntervalHours.class,
          ExtractANSIIntervalMinutes.class,
          ExtractANSIIntervalSeconds.class,
          ExtractANSIIntervalYears.class,
          ExtractANSIIntervalMonths.class,
          MultiplyDTInterval.class,
          MultiplyYMInterval.class,
          DivideDTInterval.class,
          DivideYMInterval.class);

  static final List<Rule> RULES = new ArrayList<>();

  static {
    BY_SPARK.forEach(type -> RULES.add(Rule.sparkCode(type)));
    RULES.add(
        Rule.custom(
            SubtractDates.class,
            (e, t) ->
                e.legacyInterval()
                    ? t.sparkCode(e)
                    : t.children(e).map(a -> between(a.get(0), a.get(1)))));
  }

  private IntervalRules() {}

  private static Sql between(Sql end, Sql start) {
    Sql days = Sql.cast(Sql.infix(end, "-", start), "BIGINT");
    return Sql.infix(days, "*", Sql.literal("86400000000"));
  }
}
