package dev.kindling.spark.extension;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.run.RowSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataType;

/** A relation that Spark reads for the embedded engine, one partition per thread and turn. */
final class SparkRows implements RowSource {
  private final SparkSession session;
  private final LogicalRelation relation;
  private final List<AttributeReference> columns;

  SparkRows(SparkSession session, LogicalRelation relation) {
    this.session = session;
    this.relation = relation;
    columns = Scala.list(relation.output());
  }

  @Override
  public List<DataType> types() {
    return columns.stream().map(AttributeReference::dataType).toList();
  }

  @Override
  public int parts() {
    return session.sparkContext().defaultParallelism();
  }

  @Override
  public Scan scan(int[] places) {
    List<NamedExpression> wanted = new ArrayList<>();
    for (int place : places) {
      wanted.add(columns.get(place));
    }
    Project project = new Project(Scala.seq(wanted), relation);
    // Spark may use its buffers again for the next row.
    JavaRDD<InternalRow> rows =
        TakeOver.suspended(() -> Dataset.ofRows(session, project).queryExecution().toRdd())
            .toJavaRDD()
            .map(InternalRow::copy);
    int parts = rows.getNumPartitions();
    AtomicInteger next = new AtomicInteger();
    return () -> new PartitionReader(rows, parts, next);
  }

  /** Asks Spark for a partition when the one before is at its end. */
  private static final class PartitionReader implements Reader {
    private final JavaRDD<InternalRow> rows;
    private final int parts;
    private final AtomicInteger next;
    private Iterator<InternalRow> current = List.<InternalRow>of().iterator();

    PartitionReader(JavaRDD<InternalRow> rows, int parts, AtomicInteger next) {
      this.rows = rows;
      this.parts = parts;
      this.next = next;
    }

    @Override
    public InternalRow next() {
      while (!current.hasNext()) {
        int part = next.getAndIncrement();
        if (part >= parts) {
          return null;
        }
        current = rows.collectPartitions(new int[] {part})[0].iterator();
      }
      return current.next();
    }

    @Override
    public void close() {}
  }
}
