package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some of a pipeline's tables, as {@code --select} names them: {@code a,+b,c+,tag:daily,out_*}. A
 * plus sign before a name takes along what the table reads, however far away; one behind it what
 * reads the table.
 */
public final class Selection {
  private static final String TAG = "tag:";

  private final List<Selector> selectors;

  private Selection(List<Selector> selectors) {
    this.selectors = selectors;
  }

  /**
   * @param name a table's, a tag's, or a pattern with {@code *}
   */
  private record Selector(boolean inputs, boolean tag, NamePattern name, boolean readers) {
    Selector {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * Reads a selection.
   *
   * @throws KindlingException USAGE when a part of it is empty
   */
  public static Selection parse(Collection<String> texts) {
    List<Selector> selectors = new ArrayList<>();
    for (String text : texts) {
      for (String part : text.split(",", -1)) {
        selectors.add(selector(part.strip(), text));
      }
    }
    return new Selection(selectors);
  }

  private static Selector selector(String part, String whole) {
    boolean inputs = part.startsWith("+");
    boolean readers = part.length() > 1 && part.endsWith("+");
    String name = part.substring(inputs ? 1 : 0, part.length() - (readers ? 1 : 0)).strip();
    boolean tag = name.regionMatches(true, 0, TAG, 0, TAG.length());
    String wanted = tag ? name.substring(TAG.length()).strip() : name;
    if (wanted.isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read --select '%s': a name is missing (accepted: such as orders,+revenue,clean+,tag:daily,out_*)."
              .formatted(whole));
    }
    return new Selector(inputs, tag, NamePattern.of(wanted), readers);
  }

  /**
   * The tables that are selected.
   *
   * @param tables of the pipeline
   * @param reads for each table, in lower case, those that it reads, in lower case
   * @return their names in lower case
   * @throws KindlingException USAGE, with all parts that select nothing
   */
  public Set<String> of(Collection<Table> tables, Map<String, Set<String>> reads) {
    Map<String, Set<String>> readers = new HashMap<>();
    reads.forEach(
        (table, inputs) ->
            inputs.forEach(
                input -> readers.computeIfAbsent(input, key -> new LinkedHashSet<>()).add(table)));
    Set<String> selected = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (Selector selector : selectors) {
      Set<String> found =
          tables.stream()
              .filter(table -> isMeant(selector, table))
              .map(table -> table.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (found.isEmpty()) {
        unknown.add(nothing(selector, tables));
      }
      selected.addAll(found);
      if (selector.inputs()) {
        selected.addAll(reachable(found, reads));
      }
      if (selector.readers()) {
        selected.addAll(reachable(found, readers));
      }
    }
    if (!unknown.isEmpty()) {
      throw new KindlingException(ErrorCode.USAGE, String.join("\n", unknown));
    }
    return selected;
  }

  /** All that can be reached from some tables, and these. */
  public static Set<String> reachable(Set<String> from, Map<String, Set<String>> edges) {
    Set<String> reached = new LinkedHashSet<>(from);
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      for (String next : edges.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }

  private static boolean isMeant(Selector selector, Table table) {
    return selector.tag()
        ? table.tags().stream().anyMatch(selector.name()::matches)
        : selector.name().matches(table.name());
  }

  private static String nothing(Selector selector, Collection<Table> tables) {
    Collection<String> known =
        selector.tag()
            ? tables.stream()
                .flatMap(table -> table.tags().stream())
                .collect(Collectors.toCollection(TreeSet::new))
            : tables.stream().map(Table::name).toList();
    if (selector.tag() && known.isEmpty()) {
      return "--select names the tag '%s', and no table of the pipeline has 'tags'."
          .formatted(selector.name());
    }
    Optional<String> suggestion =
        Optional.of(Suggestions.didYouMean(selector.name().toString(), known))
            .filter(text -> !text.isEmpty());
    return "--select %s (accepted: %s)%s"
        .formatted(
            selector.name().isOpen()
                ? "finds no "
                    + (selector.tag() ? "tag" : "table")
                    + " like '"
                    + selector.name()
                    + "'"
                : "names the unknown "
                    + (selector.tag() ? "tag" : "table")
                    + " '"
                    + selector.name()
                    + "'",
            String.join(", ", known),
            suggestion.orElse("."));
  }
}
