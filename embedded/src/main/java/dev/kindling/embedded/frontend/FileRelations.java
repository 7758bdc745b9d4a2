package dev.kindling.embedded.frontend;

import dev.kindling.embedded.read.Relation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.Option;

/** {@code FROM parquet.`path`} → the files under the path, as Spark's ResolveSQLOnFile does it. */
final class FileRelations extends Rule<LogicalPlan> {
  private static final Set<String> FORMATS =
      Set.of("parquet", "csv", "json", "orc", "text", "avro");

  private final BiFunction<String, String, Relation> open;

  /**
   * @param open gives the relation of a format and a path
   */
  FileRelations(BiFunction<String, String, Relation> open) {
    this.open = open;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.resolveOperatorsUp(Scala.partial(this::resolve));
  }

  private Optional<LogicalPlan> resolve(LogicalPlan node) {
    if (!(node instanceof UnresolvedRelation relation)
        || relation.multipartIdentifier().size() != 2) {
      return Optional.empty();
    }
    String format = relation.multipartIdentifier().apply(0).toLowerCase(Locale.ROOT);
    String path = relation.multipartIdentifier().apply(1);
    return FORMATS.contains(format)
        ? Optional.of(
            DataSourceV2Relation.create(
                new SourceTable(path, open.apply(format, path)), Option.empty(), Option.empty()))
        : Optional.empty();
  }
}
