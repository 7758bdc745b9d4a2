package dev.kindling.spark.runner;

import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.execution.HiveResult;
import org.apache.spark.sql.types.DataType;
import scala.Function1;
import scala.Tuple2;

/** Values as text, in the session's time zone, as the {@code spark-sql} shell prints them. */
final class HiveText {
  private final Function<Tuple2<Object, DataType>, String> format =
      SparkVersion.isBefore4() ? before4() : since4();

  /** The text of a value that is not null. */
  String of(Object value, DataType type) {
    return format.apply(new Tuple2<>(value, type));
  }

  private static Function<Tuple2<Object, DataType>, String> since4() {
    HiveResult.TimeFormatters times = HiveResult.getTimeFormatters();
    Function1<byte[], String> binary = HiveResult.getBinaryFormatter();
    return typed -> HiveResult.toHiveString(typed, false, times, binary);
  }

  /** Spark 3.5 has one form of bytes only, and does not take another. */
  private static Function<Tuple2<Object, DataType>, String> before4() {
    HiveResult.TimeFormatters times = HiveResult.getTimeFormatters();
    Method toText =
        Stream.of(HiveResult.class.getMethods())
            .filter(method -> method.getName().equals("toHiveString"))
            .filter(method -> method.getParameterCount() == 3)
            .findFirst()
            .orElseThrow();
    return typed -> {
      try {
        return (String) toText.invoke(null, typed, false, times);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
