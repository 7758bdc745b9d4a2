package dev.kindling.embedded.read;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.types.StructType;

/** A base table as both sides see it: its Spark schema, and how DuckDB reads it. */
public sealed interface Relation {

  /** The schema as Spark would give it; top-level columns of files are always nullable. */
  StructType schema();

  /**
   * A relation that DuckDB reads.
   *
   * @param from makes the FROM item under the given alias
   * @param columns the physical expression of each schema column, given the alias
   */
  record Native(
      StructType schema, Function<String, Query.From> from, Function<String, List<Sql>> columns)
      implements Relation {
    public Native {
      requireNonNull(schema, "schema is null");
    }
  }

  /** Only the schema is known here: Spark reads or computes the rows. */
  record OnSpark(StructType schema, Refusal why) implements Relation {
    public OnSpark {
      requireNonNull(schema, "schema is null");
      requireNonNull(why, "why is null");
    }
  }
}
