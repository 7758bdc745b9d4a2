package meters;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** A reading for each day between two readings of a meter, on the straight line between them. */
public final class Interpolation {
  private static final String COLUMNS = "meter STRING, day DATE, reading DOUBLE, measured BOOLEAN";

  private Interpolation() {}

  /** Gaps of more days than the option {@code longest_gap} stay gaps. */
  public static Dataset<Row> apply(Dataset<Row> readings, Map<String, String> options) {
    long longest = Long.parseLong(options.getOrDefault("longest_gap", "31"));
    return readings
        .groupByKey((MapFunction<Row, String>) row -> row.getAs("meter"), Encoders.STRING())
        .flatMapGroups(
            (FlatMapGroupsFunction<String, Row, Row>) (meter, rows) -> daily(meter, rows, longest),
            Encoders.row(StructType.fromDDL(COLUMNS)));
  }

  private static Iterator<Row> daily(String meter, Iterator<Row> rows, long longest) {
    List<Row> sorted = new ArrayList<>();
    rows.forEachRemaining(sorted::add);
    sorted.sort(Comparator.comparing(Interpolation::day));
    List<Row> days = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Row row = sorted.get(i);
      days.add(RowFactory.create(meter, day(row), reading(row), true));
      if (i + 1 < sorted.size()) {
        fill(meter, row, sorted.get(i + 1), longest, days);
      }
    }
    return days.iterator();
  }

  private static void fill(String meter, Row from, Row to, long longest, List<Row> days) {
    long gap = ChronoUnit.DAYS.between(day(from), day(to));
    if (gap > longest) {
      return;
    }
    double step = (reading(to) - reading(from)) / gap;
    for (long n = 1; n < gap; n++) {
      days.add(
          RowFactory.create(meter, day(from).plusDays(n), reading(from) + n * step, false));
    }
  }

  private static LocalDate day(Row row) {
    return row.getAs("day");
  }

  private static double reading(Row row) {
    return row.<Double>getAs("reading");
  }
}
