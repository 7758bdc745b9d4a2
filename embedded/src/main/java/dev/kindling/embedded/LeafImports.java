package dev.kindling.embedded;

import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.read.FileListing;
import dev.kindling.embedded.read.GatedSource;
import dev.kindling.embedded.read.ParquetReader;
import dev.kindling.embedded.read.Relation;
import dev.kindling.embedded.run.DuckDb;
import dev.kindling.embedded.run.RowFunction;
import dev.kindling.embedded.run.RowSource;
import dev.kindling.embedded.run.RowSources;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Leaves that stand for the relations in plans that another Spark session has analysed. */
public final class LeafImports {
  private static final int REMEMBERED = 1_000;

  private final DuckDb duckDb;
  private final SqlFrontEnd frontEnd;
  private final ParquetReader parquet;
  private final Map<String, GatedSource> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GatedSource> eldest) {
          return size() > REMEMBERED;
        }
      };

  LeafImports(DuckDb duckDb, SqlFrontEnd frontEnd) {
    this.duckDb = duckDb;
    this.frontEnd = frontEnd;
    parquet = new ParquetReader(duckDb, frontEnd);
  }

  /**
   * The leaf that stands for Parquet files in a plan that another Spark session has analysed.
   *
   * @param root the file or folder that the session reads
   * @param files the data files that the session has found there
   * @param columns the session's names and types
   */
  public ImportedLeaf parquet(Path root, Set<Path> files, List<AttributeReference> columns) {
    // Footers are looked at again only when a file has changed.
    String state = FileListing.of(root.toString(), root).state();
    GatedSource gated =
        known.computeIfAbsent(state, changed -> parquet.open(root.toString(), root));
    return gated instanceof GatedSource.Refused refused
        ? new ImportedLeaf.Refused(refused.refusals())
        : fitted(root, files, columns, ((GatedSource.Readable) gated).relation());
  }

  /**
   * The leaf that stands for rows that the other session reads itself.
   *
   * @param name what a message calls it
   * @param source gives the rows; it is kept as long as the leaf's plan
   * @param columns the session's names and types, those of the source
   */
  public ImportedLeaf rows(String name, RowSource source, List<AttributeReference> columns) {
    for (AttributeReference column : columns) {
      if (!RowFunction.holds(column.dataType())) {
        return ImportedLeaf.refused(
            name, "its column %s is %s".formatted(column.name(), column.dataType().sql()));
      }
    }
    StructType schema = new StructType();
    for (AttributeReference column : columns) {
      schema = schema.add(column.name(), column.dataType(), true);
    }
    RowSources.Held rows = duckDb.rowSources().hold(source);
    Relation relation =
        new Relation.Native(
            schema,
            alias -> new Query.From.Table(rows.call(), alias, List.of()),
            alias -> {
              List<Sql> values = new ArrayList<>();
              for (AttributeReference column : columns) {
                Sql physical = new Sql.Column(alias, "c" + values.size());
                values.add(RowFunction.value(physical, column.dataType()));
              }
              return values;
            });
    return new ImportedLeaf.Leaf(frontEnd.leaf(name, relation, columns));
  }

  private ImportedLeaf fitted(
      Path root, Set<Path> files, List<AttributeReference> columns, Relation relation) {
    if (!FileListing.of(root.toString(), root).fileSet().equals(files)) {
      return ImportedLeaf.refused(
          root.toString(), "the folder's files have changed since Spark listed them");
    }
    StructField[] found = relation.schema().fields();
    boolean fits = found.length == columns.size();
    for (int i = 0; fits && i < found.length; i++) {
      DataType wanted = columns.get(i).dataType().asNullable();
      fits =
          found[i].name().equals(columns.get(i).name())
              && found[i].dataType().asNullable().equals(wanted);
    }
    return fits
        ? new ImportedLeaf.Leaf(frontEnd.leaf(root.toString(), relation, columns))
        : ImportedLeaf.refused(
            root.toString(), "the session reads it with another schema than it has");
  }
}
