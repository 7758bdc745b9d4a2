package dev.kindling.spark.extension;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.ImportedLeaf;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Replaces the leaves of a session's plan by leaves that the embedded engine reads. Parquet files
 * it reads itself; what it cannot read itself, Spark reads for it.
 */
final class LeafImport {
  private static final Set<String> HARMLESS_OPTIONS = Set.of("path", "serialization.format");

  /** How much Spark may read for the embedded engine. */
  enum HandOver {
    /** No more than the embedded engine reads itself: every row that is handed over costs. */
    WHERE_IT_PAYS,
    EVERYTHING
  }

  /**
   * A relation's leaf.
   *
   * @param why Spark reads it, or why nobody can; empty when the embedded engine reads it itself
   */
  private record Opened(ImportedLeaf leaf, List<Refusal> why, long bytes) {}

  private final SparkSession session;
  private final SQLConf conf;
  private final HandOver handOver;
  private final Map<LogicalRelation, Opened> known = new HashMap<>();

  LeafImport(SparkSession session, SQLConf conf, HandOver handOver) {
    this.session = session;
    this.conf = conf;
    this.handOver = handOver;
  }

  /**
   * A plan with its file relations replaced, those in subqueries too.
   *
   * @param why gets the reasons of leaves that stay with Spark
   */
  LogicalPlan replaced(LogicalPlan plan, List<Refusal> why) {
    Set<Opened> used = new HashSet<>();
    LogicalPlan replaced =
        (LogicalPlan)
            plan.transformDownWithSubqueries(
                Scala.partial(
                    node ->
                        node instanceof LogicalRelation relation
                            ? leaf(relation, why, used)
                            : Optional.empty()));
    if (handOver == HandOver.WHERE_IT_PAYS && mostlyBySpark(used)) {
      used.forEach(opened -> why.addAll(opened.why()));
    }
    return replaced;
  }

  private static boolean mostlyBySpark(Set<Opened> used) {
    long balance = 0;
    for (Opened opened : used) {
      balance += opened.why().isEmpty() ? opened.bytes() : -opened.bytes();
    }
    return balance < 0;
  }

  private Optional<LogicalPlan> leaf(
      LogicalRelation relation, List<Refusal> why, Set<Opened> used) {
    Opened opened = known.computeIfAbsent(relation, this::open);
    if (opened.leaf() instanceof ImportedLeaf.Leaf leaf) {
      used.add(opened);
      return Optional.of(leaf.plan());
    }
    why.addAll(opened.why());
    return Optional.empty();
  }

  private Opened open(LogicalRelation relation) {
    if (!(relation.relation() instanceof HadoopFsRelation files)) {
      ImportedLeaf.Refused refused = refused(relation, "is no relation of files");
      return new Opened(refused, refused.refusals(), 0);
    }
    long bytes = files.sizeInBytes();
    ImportedLeaf own = read(relation, files);
    if (!(own instanceof ImportedLeaf.Refused refused)) {
      return new Opened(own, List.of(), bytes);
    }
    ImportedLeaf bySpark =
        Engine.of(session.sparkContext(), conf)
            .rows(conf, name(relation), new SparkRows(session, relation), columns(relation));
    List<Refusal> why = new ArrayList<>();
    if (bySpark instanceof ImportedLeaf.Refused both) {
      why.addAll(both.refusals());
    }
    why.addAll(refused.refusals());
    return new Opened(bySpark, why, bytes);
  }

  private ImportedLeaf read(LogicalRelation relation, HadoopFsRelation files) {
    String[] paths = files.location().inputFiles();
    if (paths.length == 0 && EmbeddedSession.holds(relation.schema())) {
      return new ImportedLeaf.Leaf(
          new LocalRelation(
              Scala.seq(List.<Attribute>copyOf(columns(relation))),
              Scala.seq(List.of()),
              false,
              scala.Option.empty()));
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
    for (String file : paths) {
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
    return Engine.of(session.sparkContext(), conf).leaf(conf, root.get(), found, columns(relation));
  }

  private static List<AttributeReference> columns(LogicalRelation relation) {
    return Scala.list(relation.output());
  }

  private static Optional<Path> local(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals("file")
        ? Optional.of(Path.of(uri.getPath()).toAbsolutePath().normalize())
        : Optional.empty();
  }

  private static String name(LogicalRelation relation) {
    return relation.catalogTable().isDefined()
        ? relation.catalogTable().get().identifier().unquotedString()
        : "a relation";
  }

  private static ImportedLeaf.Refused refused(LogicalRelation relation, String why) {
    String name = name(relation);
    return new ImportedLeaf.Refused(
        List.of(Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, name, name + " " + why)));
  }
}
