package dev.kindling.runtime.script;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.Registration;
import dev.kindling.embedded.Source;
import dev.kindling.model.error.KindlingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables and views of a session by name, whatever its case, and which of them only Spark knows.
 */
final class SessionTables {
  private final EmbeddedSession embedded;
  // Each as it was first written, by its name in lower case.
  private final Map<String, String> names = new LinkedHashMap<>();
  // Why only Spark knows it.
  private final Map<String, List<String>> onSpark = new LinkedHashMap<>();
  // How each name that is known here was made, in order.
  private final Map<String, Runnable> definitions = new LinkedHashMap<>();
  // How a name is made that no statement has needed yet.
  private final Map<String, Runnable> offered = new LinkedHashMap<>();

  SessionTables(EmbeddedSession embedded) {
    this.embedded = embedded;
  }

  /** All names, sorted. */
  synchronized List<String> names() {
    return names.values().stream().sorted(String.CASE_INSENSITIVE_ORDER).toList();
  }

  synchronized boolean has(String name) {
    return names.containsKey(key(name));
  }

  /** Has a name made when a statement first reads it. */
  synchronized void offer(String name, Runnable definition) {
    names.put(key(name), name);
    offered.put(key(name), definition);
  }

  /** Makes what was offered under these names. One that fails is offered again. */
  void open(Collection<String> references) {
    for (String name : references) {
      Runnable definition = take(name);
      if (definition != null) {
        try {
          definition.run();
        } catch (RuntimeException e) {
          offer(name, definition);
          throw e;
        }
      }
    }
  }

  private synchronized Runnable take(String name) {
    return offered.remove(key(name));
  }

  /**
   * Makes everything that was offered; what fails stays as it is, for the statement that reads it.
   */
  void openAll() {
    List<String> all;
    synchronized (this) {
      all = List.copyOf(names.values());
    }
    for (String name : all) {
      try {
        open(List.of(name));
      } catch (KindlingException e) {
        // Its own statement tells why.
        continue;
      }
    }
  }

  /** Makes a source known, or notes why only Spark reads it. */
  void register(String name, Source source) {
    define(name, () -> registerAgain(name, source));
  }

  /** Makes a name known here, now and again when files may have changed. */
  void define(String name, Runnable definition) {
    add(name);
    definitions.remove(key(name));
    definitions.put(key(name), definition);
    definition.run();
  }

  private synchronized void add(String name) {
    names.put(key(name), name);
    offered.remove(key(name));
  }

  /** Leaves a name to Spark, in place of what had it here. */
  void leaveToSpark(String name, List<String> reasons) {
    undefine(name);
    add(name);
    onSpark.put(key(name), reasons);
  }

  /** Notes that only Spark reads what has a name, which a command may change. */
  void refused(String name, List<Refusal> refusals) {
    onSpark.put(key(name), texts(refusals));
  }

  /** Notes that a name is known here after all. */
  void accepted(String name) {
    onSpark.remove(key(name));
  }

  synchronized void forget(String name) {
    undefine(name);
    offered.remove(key(name));
    names.remove(key(name));
  }

  private void undefine(String name) {
    embedded.drop(name);
    onSpark.remove(key(name));
    definitions.remove(key(name));
  }

  /** A command may have written files that a table here was made from. */
  void defineAllAgain() {
    List.copyOf(definitions.values()).forEach(Runnable::run);
  }

  /** Why what reads these names cannot be understood here; empty when it can. */
  List<String> reasonsForSpark(Collection<String> references) {
    List<String> reasons = new ArrayList<>();
    for (String name : references) {
      reasons.addAll(onSpark.getOrDefault(key(name), List.of()));
    }
    return reasons;
  }

  private void registerAgain(String name, Source source) {
    onSpark.remove(key(name));
    Registration registration = embedded.register(name, source);
    if (registration instanceof Registration.Refused refused) {
      onSpark.put(key(name), texts(refused.refusals()));
    }
  }

  static List<String> texts(List<Refusal> refusals) {
    return refusals.stream().map(Refusal::text).distinct().toList();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
