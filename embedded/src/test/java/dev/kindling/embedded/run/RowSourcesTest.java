package dev.kindling.embedded.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.embedded.EmbeddedOptions;
import dev.kindling.embedded.EngineFailure;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSourcesTest {
  @TempDir Path folder;

  /** The numbers from 0, each with its negative, and at the end a failure if there is one. */
  private record Numbers(int count, String failure) implements RowSource {
    @Override
    public List<DataType> types() {
      return List.of(DataTypes.IntegerType, DataTypes.LongType);
    }

    @Override
    public int parts() {
      return 1;
    }

    @Override
    public Scan scan(int[] columns) {
      Iterator<Integer> numbers = IntStream.range(0, count).iterator();
      return () ->
          new Reader() {
            @Override
            public InternalRow next() {
              synchronized (numbers) {
                if (!numbers.hasNext()) {
                  if (!failure.isEmpty()) {
                    throw new IllegalStateException(failure);
                  }
                  return null;
                }
                int number = numbers.next();
                Object[] values = {number, (long) -number};
                return new GenericInternalRow(
                    IntStream.of(columns).mapToObj(column -> values[column]).toArray());
              }
            }

            @Override
            public void close() {}
          };
    }
  }

  private DuckDb open() {
    return DuckDb.open(new EmbeddedOptions(OptionalLong.empty(), folder, 2, Map.of()));
  }

  private static String text(DuckDb duckDb, String sql) {
    return duckDb.query(
        sql,
        rows -> {
          rows.next();
          return rows.getString(1);
        });
  }

  @Test
  void queriesReadSeveralSourcesAndOnlyTheColumnsTheyNeed() {
    try (DuckDb duckDb = open()) {
      RowSources.Held few = duckDb.rowSources().hold(new Numbers(3, ""));
      RowSources.Held many = duckDb.rowSources().hold(new Numbers(10_000, ""));

      assertThat(text(duckDb, "SELECT sum(c1) FROM " + many.call())).isEqualTo("-49995000");
      assertThat(text(duckDb, "SELECT count(*) FROM " + few.call())).isEqualTo("3");
      assertThat(
              text(
                  duckDb,
                  "SELECT count(*) FROM %s a JOIN %s b ON a.c0 = -b.c1"
                      .formatted(few.call(), many.call())))
          .isEqualTo("3");
      assertThat(List.of(few.source(), many.source())).hasSize(2);
    }
  }

  @Test
  void aFailureOfTheSourceIsTheQuerys() {
    try (DuckDb duckDb = open()) {
      RowSources.Held broken = duckDb.rowSources().hold(new Numbers(5, "the disk is gone"));

      assertThatThrownBy(() -> text(duckDb, "SELECT sum(c0) FROM " + broken.call()))
          .isInstanceOf(EngineFailure.class)
          .hasMessageContaining("the disk is gone");
      assertThat(broken.source()).isNotNull();
    }
  }

  @Test
  void anUnknownNumberIsAnError() {
    try (DuckDb duckDb = open()) {
      duckDb.rowSources();

      assertThatThrownBy(() -> text(duckDb, "SELECT count(*) FROM kindling_rows_of_number(99)"))
          .isInstanceOf(EngineFailure.class)
          .hasMessageContaining("no query holds the rows 99");
    }
  }
}
