package dev.kindling.runtime.pipeline;

import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.SqlException;
import dev.kindling.model.pipeline.Expectation;
import dev.kindling.model.pipeline.JavaCall;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Query;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a pipeline's tables, found without computing any. A source that declares its
 * schema need not be there.
 */
final class TableTypes {
  private final Pipeline pipeline;
  private final Workbench bench;
  private final SparkSchemas schemas;
  private final Map<String, StructType> known = new HashMap<>();
  private final Map<String, Set<String>> reads = new HashMap<>();

  TableTypes(Pipeline pipeline, Workbench bench) {
    this.pipeline = pipeline;
    this.bench = bench;
    this.schemas = new SparkSchemas(bench);
  }

  /** The pipeline's tables that a table reads, in lower case. */
  Set<String> reads(Table table) {
    return reads.computeIfAbsent(Names.key(table.name()), name -> find(table));
  }

  /**
   * The pipeline's tables that have to be there for a table's rows to be right, in lower case:
   * those that it reads, and those that its rules about rows look into.
   */
  Set<String> needs(Table table) {
    Set<String> needs = new TreeSet<>(reads(table));
    for (Expectation rule : table.expectations()) {
      if (rule instanceof Expectation.References references) {
        needs.add(Names.key(references.table()));
      }
    }
    needs.remove(Names.key(table.name()));
    return needs;
  }

  private Set<String> find(Table table) {
    Set<String> names = new TreeSet<>();
    if (table.definition() instanceof JavaCall call) {
      call.inputs().forEach(input -> names.add(Names.key(input)));
    } else if (table.definition() instanceof Query query) {
      for (String name : references(query)) {
        if (pipeline.table(name).isPresent()) {
          names.add(Names.key(name));
        }
      }
    }
    return names;
  }

  private Set<String> references(Query query) {
    try {
      return bench.embedded().references(query.sql());
    } catch (SqlException e) {
      // The planner tells it, with its place, where the table is needed.
      return Set.of();
    }
  }

  /**
   * The columns of a table.
   *
   * @throws dev.kindling.model.error.KindlingException when a source cannot be read
   * @throws dev.kindling.embedded.SqlException when a query is not valid
   */
  StructType of(Table table) {
    String key = Names.key(table.name());
    StructType type = known.get(key);
    if (type == null) {
      type = work(table);
      known.put(key, type);
    }
    return type;
  }

  private StructType work(Table table) {
    if (table.definition() instanceof Read read) {
      return ofRead(table.name(), read);
    }
    for (String name : reads(table)) {
      Table input = pipeline.table(name).orElseThrow();
      bench.placeholder(input.name(), of(input));
    }
    if (table.definition() instanceof JavaCall call) {
      return schemas.of(
          call,
          call.inputs().stream().map(input -> of(pipeline.table(input).orElseThrow())).toList());
    }
    String sql = ((Query) table.definition()).sql();
    return bench.embedded().prepare(sql, bench.params()).schema();
  }

  /** The columns of files; those that their schema declares, if it does. */
  StructType ofRead(String name, Read read) {
    if (read.schema().isPresent()) {
      return SparkSchemas.ofDdl(read.schema().get());
    }
    SourceCheck.check(name, pipeline.resolve(read.path()));
    Optional<Source> source = NativeSource.of(pipeline, read, new ArrayList<>());
    if (source.isPresent()
        && bench.embedded().register(name, source.get()) instanceof Registration.Native found) {
      return SparkSchemas.ofJson(found.schemaJson());
    }
    return schemas.of(name, read);
  }
}
