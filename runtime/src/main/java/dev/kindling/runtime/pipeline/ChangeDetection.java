package dev.kindling.runtime.pipeline;

import dev.kindling.model.Redaction;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.history.RunHistory;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.TableOrder;
import dev.kindling.model.record.Provenance;
import dev.kindling.model.record.RunRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.storage.FileStamps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * Knows where each table's rows come from, and by that which tables would have the same rows again
 * as their last run left. Where it does not know, a table runs.
 */
final class ChangeDetection {
  private static final String VERSION = "Kindling";
  private static final String SETTINGS = "settings";
  private static final String DEFINITION = "definition";
  private static final String FILES = "files";
  private static final String TABLE = "table ";

  private final Pipeline pipeline;
  private final PipelineOptions options;
  private final RunHistory history;

  // By the tables' names in lower case, each after those that it reads.
  private final Map<String, Map<String, String>> parts = new LinkedHashMap<>();
  private final Map<String, String> never = new LinkedHashMap<>();
  private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /**
   * Whether a table would have the same rows again.
   *
   * @param same the record of its last run, when it would
   * @param reason why, or why not
   */
  private record Verdict(Optional<TableRecord> same, String reason) {}

  ChangeDetection(Pipeline pipeline, PipelineOptions options, RunHistory history) {
    this.pipeline = pipeline;
    this.options = options;
    this.history = history;
  }

  /**
   * Looks at what all tables come from; to be called before their files are read.
   *
   * @param reads for each table those that it reads, in lower case
   * @param conf the settings of Spark SQL that hold
   */
  void look(Map<String, Node> all, Map<String, Set<String>> reads, Map<String, String> conf) {
    nodes.putAll(all);
    String settings = settings(conf);
    for (String name : TableOrder.of(reads)) {
      look(name, reads.get(name), settings);
      verdicts.put(name, verdict(name));
    }
  }

  private String settings(Map<String, String> conf) {
    List<String> settings = new ArrayList<>();
    new TreeMap<>(Redaction.redact(conf)).forEach((key, value) -> settings.add(key + "=" + value));
    settings.add(options.engineFor(pipeline).name());
    settings.add(System.getProperty("java.version"));
    settings.add(TimeZone.getDefault().getID());
    settings.add(Locale.getDefault().toString());
    return Origin.hash(settings);
  }

  private void look(String name, Set<String> reads, String settings) {
    Node node = nodes.get(name);
    Origin origin = new Origin(pipeline, node.table);
    List<String> reasons = new ArrayList<>();
    options.target().ifPresent(target -> reasons.add("it runs on a target"));
    origin.never().ifPresent(reasons::add);
    if (!node.otherReads.isEmpty()) {
      reasons.add("it reads " + String.join(", ", node.otherReads) + " by path");
    }
    Map<String, String> found = new LinkedHashMap<>();
    found.put(VERSION, options.version());
    found.put(SETTINGS, settings);
    found.put(DEFINITION, origin.definition());
    if (reasons.isEmpty()) {
      origin.files(reasons).ifPresent(stamp -> found.put(FILES, stamp));
    }
    for (String read : reads) {
      Node other = nodes.get(read);
      if (other == null) {
        continue;
      }
      if (never.containsKey(read)) {
        reasons.add(mustRun(read));
      }
      found.put(TABLE + other.name(), whole(read));
    }
    parts.put(name, found);
    if (!reasons.isEmpty()) {
      never.put(name, reasons.get(0));
    }
  }

  private String whole(String name) {
    List<String> texts = new ArrayList<>();
    parts
        .get(name)
        .forEach(
            (part, fingerprint) -> {
              texts.add(part);
              texts.add(fingerprint);
            });
    return Origin.hash(texts);
  }

  private Verdict verdict(String name) {
    Node node = nodes.get(name);
    if (never.containsKey(name)) {
      return new Verdict(Optional.empty(), never.get(name));
    }
    Optional<TableRecord> last = last(node);
    if (last.isEmpty()) {
      return new Verdict(Optional.empty(), "no run on record has left it");
    }
    if (last.get().status() == TableStatus.FAILED) {
      return new Verdict(Optional.empty(), "it failed in the last run");
    }
    Provenance origin = last.get().provenance().orElseThrow();
    if (origin.never().isPresent()) {
      return new Verdict(Optional.empty(), origin.never().get());
    }
    Optional<String> difference = difference(origin.parts(), parts.get(name));
    if (difference.isPresent()) {
      return new Verdict(Optional.empty(), difference.get());
    }
    if (node.table.write().isPresent() && !origin.output().equals(output(node))) {
      return new Verdict(
          Optional.empty(), "its output is not as run " + origin.computedBy() + " left it");
    }
    return new Verdict(last, "unchanged since run " + origin.computedBy());
  }

  /** What the last run that came to the table did with it; where it is written, that wrote it. */
  private Optional<TableRecord> last(Node node) {
    for (RunRecord run : history.runs()) {
      for (TableRecord record : run.tables()) {
        if (!record.name().equalsIgnoreCase(node.name())) {
          continue;
        }
        boolean failed = record.status() == TableStatus.FAILED;
        boolean left =
            record.status() != TableStatus.SKIPPED
                && record.provenance().isPresent()
                && (node.table.write().isEmpty()
                    || record.provenance().get().output().isPresent()
                    || record.provenance().get().never().isPresent());
        if (failed || left) {
          return Optional.of(record);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> output(Node node) {
    Path folder = Path.of(pipeline.resolve(node.table.write().orElseThrow().path()));
    try {
      return Files.isDirectory(folder) ? FileStamps.ofOutput(folder) : Optional.empty();
    } catch (KindlingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> difference(Map<String, String> then, Map<String, String> now) {
    if (!Objects.equals(then.get(VERSION), now.get(VERSION))) {
      return Optional.of("Kindling " + then.get(VERSION) + " computed it");
    }
    if (!Objects.equals(then.get(SETTINGS), now.get(SETTINGS))) {
      return Optional.of("the settings are others");
    }
    if (!Objects.equals(then.get(DEFINITION), now.get(DEFINITION))) {
      return Optional.of("its definition has changed, or a parameter");
    }
    if (!Objects.equals(then.get(FILES), now.get(FILES))) {
      return Optional.of("its files have changed");
    }
    Set<String> tables = new LinkedHashSet<>(now.keySet());
    tables.addAll(then.keySet());
    return tables.stream()
        .filter(part -> !Objects.equals(then.get(part), now.get(part)))
        .findFirst()
        .map(part -> "table '" + part.substring(TABLE.length()) + "' has changed");
  }

  /** Whether tables that would have the same rows again are to be left out. */
  boolean isOn() {
    return options.rerun() == Rerun.CHANGED;
  }

  /** Those of the tables that have to run. What they read comes on top. */
  Set<String> toRun(Set<String> wanted) {
    if (!isOn()) {
      return wanted;
    }
    Set<String> run = new LinkedHashSet<>();
    for (String name : wanted) {
      if (verdicts.get(name).same().isEmpty() && isAsked(name)) {
        run.add(name);
      }
    }
    return run;
  }

  // A table that is neither written nor checked is there for its readers: they know of its change.
  private boolean isAsked(String name) {
    Node node = nodes.get(name);
    return node.table.write().isPresent()
        || node.hasExpectations()
        || parts.values().stream().noneMatch(all -> all.containsKey(TABLE + node.name()));
  }

  /** Why a table runs, or does not, in the words that follow its name. */
  String reason(String name) {
    return verdicts.get(name).reason();
  }

  /** The records of the tables that are not among those that run. */
  List<TableRecord> leftOut(List<Node> run) {
    Set<String> names = new LinkedHashSet<>(verdicts.keySet());
    run.forEach(node -> names.remove(Names.key(node.name())));
    List<TableRecord> records = new ArrayList<>();
    for (String name : names) {
      Verdict verdict = verdicts.get(name);
      verdict.same().map(last -> last.unchanged(verdict.reason())).ifPresent(records::add);
    }
    return records;
  }

  /**
   * Where the rows of a table that ran come from.
   *
   * @param run its id
   */
  Provenance provenance(Node node, String run) {
    String name = Names.key(node.name());
    Verdict verdict = verdicts.get(name);
    boolean onlyRead = node.table.write().isEmpty();
    if (verdict.same().isPresent() && onlyRead && !never.containsKey(name)) {
      // Computed for its readers once more; what was written stands as it was.
      return verdict.same().get().provenance().orElseThrow();
    }
    return new Provenance(
        run, parts.get(name), Optional.empty(), Optional.ofNullable(never.get(name)));
  }

  /**
   * Says of planned tables which of them may have other rows each time, by their queries.
   *
   * @param order each after those that it reads
   */
  void planned(List<Node> order, boolean onTarget) {
    for (Node node : order) {
      String name = Names.key(node.name());
      if (onTarget && node.onSpark()) {
        never.putIfAbsent(name, "it runs on a target");
      }
      node.changing.ifPresent(what -> never.putIfAbsent(name, "its SQL has " + what));
      for (String read : reads(node)) {
        if (never.containsKey(read)) {
          never.putIfAbsent(name, mustRun(read));
        }
      }
    }
  }

  private static Set<String> reads(Node node) {
    Set<String> reads = new LinkedHashSet<>(node.reads);
    reads.addAll(node.checkReads);
    return reads;
  }

  private String mustRun(String table) {
    return "table '" + nodes.get(table).name() + "' has to run each time";
  }

  /** The records of tables in the order in which tables run. */
  List<TableRecord> ordered(List<TableRecord> records) {
    List<String> order = List.copyOf(parts.keySet());
    return records.stream()
        .sorted(Comparator.comparingInt(record -> order.indexOf(Names.key(record.name()))))
        .toList();
  }
}
