package dev.kindling.embedded.frontend;

import static java.util.Objects.requireNonNull;

import dev.kindling.embedded.read.Relation;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.types.StructType;

/** A leaf of a plan: what Catalyst sees of a relation that DuckDB reads. */
public final class SourceTable implements Table {
  private final String name;
  private final Relation relation;

  SourceTable(String name, Relation relation) {
    this.name = requireNonNull(name, "name is null");
    this.relation = requireNonNull(relation, "relation is null");
  }

  public Relation relation() {
    return relation;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StructType schema() {
    return relation.schema();
  }

  @Override
  public Column[] columns() {
    return CatalogV2Util.structTypeToV2Columns(relation.schema());
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }
}
