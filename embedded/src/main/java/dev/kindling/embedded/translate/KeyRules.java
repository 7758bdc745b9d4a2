package dev.kindling.embedded.translate;

import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.MapSort;
import org.apache.spark.sql.types.MapType;

/** What Spark does to values before it groups by them. */
final class KeyRules {
  static final List<Rule> RULES =
      List.of(
          // Entries by key: two maps with the same entries are one group.
          Rule.custom(
              MapSort.class,
              (e, t) -> {
                MapType type = (MapType) e.dataType();
                // Spark's own sorting of maps forgets which values are NULL.
                boolean open =
                    type.valueContainsNull()
                        || !DuckTypes.isAtomic(type.keyType())
                        || holdsMapOrFloat(type);
                return open
                    ? ExpressionTranslator.refuse(
                        e, RefusalCode.TYPE_NOT_SUPPORTED, "grouping by " + type.sql())
                    : t.translate(e.base()).map(KeyRules::sorted);
              }));

  private KeyRules() {}

  private static boolean holdsMapOrFloat(MapType type) {
    return DuckTypes.holdsFloating(type) || NestedOrder.holdsMap(type.valueType());
  }

  private static Sql sorted(Sql map) {
    Sql entries = Sql.call("list_sort", Sql.call("map_entries", map));
    return Sql.when(Sql.isNotNull(map), Sql.call("map_from_entries", entries));
  }
}
