package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline as its file says.
 *
 * @param file the pipeline file
 * @param params by name, in file order
 * @param conf settings of Spark SQL that both engines share, in file order
 * @param engine the engine that the file asks for
 * @param memory the memory budget that the file asks for, such as {@code 4g}
 * @param target the name of the target for tables that are too large for this machine
 * @param classPath where the classes of its {@code java:} tables lie, in file order
 * @param runs what runs leave behind
 * @param tables in file order, which need not be the order in which they run
 * @param tests in file order
 * @param targets the Sparks that it may run on, by name, in file order
 */
public record Pipeline(
    String name,
    Path file,
    Map<String, Param> params,
    Map<String, String> conf,
    Optional<Engine> engine,
    Optional<String> memory,
    Optional<String> target,
    List<ClassPathEntry> classPath,
    RunSettings runs,
    List<Table> tables,
    List<TestCase> tests,
    Map<String, Target> targets) {
  public Pipeline {
    requireNonNull(name, "name is null");
    requireNonNull(file, "file is null");
    params = Copies.ordered(params);
    conf = Copies.ordered(conf);
    requireNonNull(engine, "engine is null");
    requireNonNull(memory, "memory is null");
    requireNonNull(target, "target is null");
    classPath = List.copyOf(classPath);
    requireNonNull(runs, "runs is null");
    tables = List.copyOf(tables);
    tests = List.copyOf(tests);
    targets = Copies.ordered(targets);
  }

  /** The same with other tables, and without tests, which may be about tables that are gone. */
  public Pipeline withTables(List<Table> others) {
    return new Pipeline(
        name, file, params, conf, engine, memory, target, classPath, runs, others, List.of(),
        targets);
  }

  /** The folder of the pipeline file, absolute; relative paths start here. */
  public Path directory() {
    return PipelinePaths.directory(file);
  }

  /**
   * A path of this pipeline as Spark and DuckDB get it: absolute, and as it is where it names a
   * file system, such as {@code s3a://bucket/orders}.
   */
  public String resolve(String path) {
    return PipelinePaths.resolve(directory(), path);
  }

  /** The table of that name, upper and lower case taken as equal, as Spark does. */
  public Optional<Table> table(String tableName) {
    return tables.stream().filter(t -> t.name().equalsIgnoreCase(tableName)).findFirst();
  }

  /**
   * Every value of a setting, option or parameter that is a secret: what must not be in a message,
   * a log or a record. Longer ones first, so that one that holds another is hidden whole.
   */
  public List<String> secrets() {
    Set<String> secrets = new LinkedHashSet<>(Redaction.secrets(conf));
    for (Target target : targets.values()) {
      secrets.addAll(Redaction.secrets(target.conf()));
    }
    for (Param param : params.values()) {
      secrets.addAll(Redaction.secrets(Map.of(param.name(), param.text())));
    }
    for (Table table : tables) {
      if (table.definition() instanceof Read read) {
        secrets.addAll(Redaction.secrets(read.options()));
      } else if (table.definition() instanceof JavaCall call) {
        secrets.addAll(Redaction.secrets(call.options()));
      }
      table.write().ifPresent(write -> secrets.addAll(Redaction.secrets(write.options())));
    }
    return secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return ("Pipeline[name=%s, file=%s, params=%s, conf=%s, engine=%s, memory=%s, target=%s,"
            + " classPath=%s, tables=%s, targets=%s]")
        .formatted(
            name,
            file,
            params,
            Redaction.redact(conf),
            engine,
            memory,
            target,
            classPath,
            tables,
            targets.values());
  }
}
