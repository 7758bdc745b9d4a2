package dev.kindling.cluster.local.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * An application that shuffles, says so by a file, waits for a byte on its standard input, and uses
 * the shuffled data again. Arguments: the file that says so, the file for the result.
 */
public final class ShuffleTwice {
  private static final int KEYS = 1000;

  private ShuffleTwice() {}

  /** The driver. */
  public static void main(String[] args) throws Exception {
    try (SparkSession spark = SparkSession.builder().appName("shuffle twice").getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      JavaPairRDD<Long, Long> sums =
          spark
              .range(0, 600_000, 1, 6)
              .javaRDD()
              .mapToPair(id -> new Tuple2<>(id % KEYS, id))
              .reduceByKey(Long::sum, 6);
      String first = result(sums);
      Stages stages = new Stages();
      context.sc().addSparkListener(stages);
      Files.writeString(Path.of(args[0]), "shuffled");
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody told to go on");
      }
      String second = result(sums);
      // Stopping the session waits for the listeners.
      context.sc().listenerBus().waitUntilEmpty();
      Files.writeString(
          Path.of(args[1]), first + " " + second + " stages " + stages.completed.get());
    }
  }

  private static String result(JavaPairRDD<Long, Long> sums) {
    List<Tuple2<Long, Long>> rows = sums.collect();
    return rows.size() + ":" + rows.stream().mapToLong(Tuple2::_2).sum();
  }

  private static final class Stages extends SparkListener {
    final AtomicInteger completed = new AtomicInteger();

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      completed.incrementAndGet();
    }
  }
}
