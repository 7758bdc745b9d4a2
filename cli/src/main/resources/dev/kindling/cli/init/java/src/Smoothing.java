import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/** Draws each value towards that of the day before. */
public final class Smoothing {
  private Smoothing() {}

  /** The option {@code weight}, from 0 to 1, is the part of the day before. */
  public static Dataset<Row> apply(Dataset<Row> measurements, Map<String, String> options) {
    double weight = Double.parseDouble(options.getOrDefault("weight", "0.5"));
    WindowSpec days = Window.partitionBy("sensor").orderBy("day");
    var before = functions.coalesce(
        functions.lag("value", 1).over(days), functions.col("value"));
    var smooth = before.multiply(weight).plus(functions.col("value").multiply(1 - weight));
    return measurements.withColumn("smooth", smooth);
  }
}
