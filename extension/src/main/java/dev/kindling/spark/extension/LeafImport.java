package dev.kindling.spark.extension;

import dev.kindling.embedded.ImportedLeaf;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/** Replaces the leaves of a session's plan by leaves that the embedded engine reads. */
final class LeafImport {
  private static final Set<String> HARMLESS_OPTIONS = Set.of("path", "serialization.format");

  private final SparkSession session;
  private final SQLConf conf;
  private final Map<LogicalRelation, ImportedLeaf> known = new HashMap<>();

  LeafImport(SparkSession session, SQLConf conf) {
    this.session = session;
    this.conf = conf;
  }

  /**
   * A plan with its file relations replaced, those in subqueries too.
   *
   * @param why gets the reasons of leaves that stay with Spark
   */
  LogicalPlan replaced(LogicalPlan plan, List<Refusal> why) {
    return (LogicalPlan)
        plan.transformDownWithSubqueries(
            Scala.partial(
                node ->
                    node instanceof LogicalRelation relation
                        ? leaf(relation, why)
                        : Optional.empty()));
  }

  private Optional<LogicalPlan> leaf(LogicalRelation relation, List<Refusal> why) {
    ImportedLeaf leaf = known.computeIfAbsent(relation, this::open);
    if (leaf instanceof ImportedLeaf.Refused refused) {
      why.addAll(refused.refusals());
      return Optional.empty();
    }
    return Optional.of(((ImportedLeaf.Leaf) leaf).plan());
  }

  private ImportedLeaf open(LogicalRelation relation) {
    if (!(relation.relation() instanceof HadoopFsRelation files)) {
      return refused(relation, "is no relation of files");
    }
    if (files.fileFormat().getClass() != ParquetFileFormat.class) {
      return refused(relation, "is " + files.fileFormat() + ", not Parquet");
    }
    Set<String> options = new HashSet<>(Scala.map(files.options()).keySet());
    options.removeAll(HARMLESS_OPTIONS);
    if (!options.isEmpty()) {
      return refused(relation, "is read with options: " + String.join(", ", options));
    }
    List<org.apache.hadoop.fs.Path> roots = Scala.list(files.location().rootPaths());
    if (roots.size() != 1) {
      return refused(relation, "has " + roots.size() + " paths");
    }
    Set<Path> found = new HashSet<>();
    for (String file : files.location().inputFiles()) {
      Optional<Path> local = local(new org.apache.hadoop.fs.Path(file).toUri());
      if (local.isEmpty()) {
        return refused(relation, "is not on a local disk: " + file);
      }
      found.add(local.get());
    }
    Optional<Path> root = local(roots.get(0).toUri());
    if (root.isEmpty() || found.isEmpty()) {
      return refused(relation, "has no files");
    }
    return Engine.of(session.sparkContext(), conf)
        .leaf(conf, root.get(), found, Scala.<AttributeReference>list(relation.output()));
  }

  private static Optional<Path> local(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals("file")
        ? Optional.of(Path.of(uri.getPath()).toAbsolutePath().normalize())
        : Optional.empty();
  }

  private static ImportedLeaf refused(LogicalRelation relation, String why) {
    String name =
        relation.catalogTable().isDefined()
            ? relation.catalogTable().get().identifier().unquotedString()
            : "a relation";
    return new ImportedLeaf.Refused(
        List.of(Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, name, name + " " + why)));
  }
}
