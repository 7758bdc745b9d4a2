package dev.kindling.spark.extension;

import dev.kindling.embedded.RowCursor;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.run.SpooledRows;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * The rows of a part that the embedded engine has run, cut into partitions in their order. Tasks
 * work on copies of the RDD, so that the rows are found by a number; they are dropped when the
 * driver's own RDD is not used any more.
 */
final class SpooledRdd extends RDD<InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Below this many rows another task costs more than it saves. */
  private static final long ROWS_PER_PARTITION = 50_000;

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<Long, SpooledRows> SPOOLED = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  private final long key;
  private final long rows;
  private final int parts;
  private final StructType schema;

  SpooledRdd(SparkContext context, SpooledRows spooled, StructType schema) {
    super(context, Scala.seq(List.of()), ClassTag$.MODULE$.apply(InternalRow.class));
    this.schema = schema;
    key = NEXT.incrementAndGet();
    rows = spooled.rows();
    parts =
        (int)
            Math.max(
                1,
                Math.min(
                    context.defaultParallelism(),
                    (rows + ROWS_PER_PARTITION - 1) / ROWS_PER_PARTITION));
    SPOOLED.put(key, spooled);
    long spooledKey = key;
    CLEANER.register(this, () -> drop(spooledKey));
  }

  private static void drop(long key) {
    SpooledRows spooled = SPOOLED.remove(key);
    if (spooled != null) {
      spooled.close();
    }
  }

  private record Part(int index) implements Partition {}

  @Override
  public Partition[] getPartitions() {
    Partition[] all = new Partition[parts];
    for (int i = 0; i < parts; i++) {
      all[i] = new Part(i);
    }
    return all;
  }

  @Override
  public Iterator<InternalRow> compute(Partition split, TaskContext task) {
    long from = rows * split.index() / parts;
    long to = rows * (split.index() + 1) / parts;
    RowCursor cursor = SPOOLED.get(key).open(from, to);
    task.addTaskCompletionListener(
        (org.apache.spark.util.TaskCompletionListener) context -> cursor.close());
    CatalystRows converter = new CatalystRows(schema);
    return new AbstractIterator<>() {
      private boolean ready;
      private boolean more = true;

      @Override
      public boolean hasNext() {
        if (more && !ready) {
          ready = cursor.next();
          more = ready;
        }
        return ready;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        ready = false;
        return converter.row(cursor);
      }
    };
  }
}
