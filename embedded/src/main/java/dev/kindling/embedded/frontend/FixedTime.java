package dev.kindling.embedded.frontend;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestamp;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.Now;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;

/**
 * {@code current_timestamp()} → the time that {@link #SETTING} says, so that a test of such a query
 * has the same rows every day. Spark's own rule, ComputeCurrentTime, asks the clock; what this one
 * has replaced it leaves alone. Without the setting a plan stays as it is.
 */
public final class FixedTime extends Rule<LogicalPlan> {
  /** Microseconds since 1970-01-01 00:00:00 UTC. */
  public static final String SETTING = "spark.kindling.now";

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    String setting = SQLConf.get().getConfString(SETTING, "");
    if (setting.isEmpty()) {
      return plan;
    }
    long micros = Long.parseLong(setting);
    return (LogicalPlan)
        plan.transformAllExpressionsWithSubqueries(Scala.partial(e -> replacement(e, micros)));
  }

  private static Optional<Expression> replacement(Expression expression, long micros) {
    if (expression instanceof CurrentTimestamp || expression instanceof Now) {
      return Optional.of(new Literal(micros, DataTypes.TimestampType));
    } else if (expression instanceof CurrentDate date) {
      return Optional.of(
          new Literal(DateTimeUtils.microsToDays(micros, date.zoneId()), DataTypes.DateType));
    } else if (expression instanceof LocalTimestamp local) {
      LocalDateTime there =
          LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), local.zoneId());
      return Optional.of(
          new Literal(DateTimeUtils.localDateTimeToMicros(there), DataTypes.TimestampNTZType));
    }
    return Optional.empty();
  }
}
