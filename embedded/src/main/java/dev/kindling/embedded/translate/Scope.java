package dev.kindling.embedded.translate;

import dev.kindling.embedded.sql.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the attributes of a plan are called in SQL, by expression id. A subquery's scope has that of
 * the query around it as its outer scope; aliases are unique in a whole statement, so an inner name
 * never hides an outer one.
 */
final class Scope {
  private final Map<Long, Sql> names;
  private final Optional<Scope> outer;

  Scope(Map<Long, Sql> names, Optional<Scope> outer) {
    this.names = new HashMap<>(names);
    this.outer = outer;
  }

  static Scope empty(Optional<Scope> outer) {
    return new Scope(Map.of(), outer);
  }

  Optional<Sql> find(long id) {
    return Optional.ofNullable(names.get(id));
  }

  /** Looks an outer reference up: in the query around this one, then further out. */
  Optional<Sql> findOuter(long id) {
    Optional<Scope> scope = outer;
    while (scope.isPresent()) {
      Optional<Sql> found = scope.get().find(id);
      if (found.isPresent()) {
        return found;
      }
      scope = scope.get().outer;
    }
    return Optional.empty();
  }

  Optional<Scope> outer() {
    return outer;
  }

  /** The same scope with more names, which hide those of the same id. */
  Scope with(Map<Long, Sql> more) {
    Map<Long, Sql> all = new HashMap<>(names);
    all.putAll(more);
    return new Scope(all, outer);
  }
}
