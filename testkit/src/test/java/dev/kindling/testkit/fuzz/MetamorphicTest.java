package dev.kindling.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.SqlException;
import dev.kindling.testkit.fuzz.Query.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold between the answers of one engine to queries that say the same. */
@Tag("suite")
class MetamorphicTest {
  private static final int QUERIES = 150;

  @TempDir Path folder;

  @Test
  void queriesThatSayTheSameGiveTheSameRows() {
    List<Data.Table> tables = new Data(new Random(31)).tables();
    QueryGenerator generator = new QueryGenerator(new Random(32), tables);
    int proven = 0;
    try (Bed bed = new Bed(folder, tables)) {
      for (int i = 0; i < QUERIES; i++) {
        proven += check(bed, generator.partition()) ? 1 : 0;
      }
    }
    System.out.printf("%d of %d random queries could be checked%n", proven, QUERIES);
    assertThat(proven).isGreaterThan(QUERIES / 4);
  }

  private static boolean check(Bed bed, QueryGenerator.Partition query) {
    List<String> columns = new ArrayList<>();
    for (Item item : query.items()) {
      String sql = "SELECT " + item.sql() + " FROM " + query.table();
      if (rows(bed, sql).isPresent()) {
        columns.add(item.sql());
      }
    }
    String p = "(" + query.condition().sql() + ")";
    if (columns.isEmpty() || rows(bed, "SELECT " + p + " FROM " + query.table()).isEmpty()) {
      return false;
    }
    String whole = "SELECT " + String.join(", ", columns) + " FROM " + query.table();
    String names =
        columns.stream()
            .map(column -> column.substring(column.lastIndexOf(' ') + 1))
            .collect(Collectors.joining(", "));
    List<String> backwards = new ArrayList<>(columns);
    Collections.reverse(backwards);
    bed.engines().embedded().registerView("v", bed.prepare(whole));

    Optional<List<String>> rows = rows(bed, whole);
    // Every row is in one of three parts.
    Optional<List<String>> parts =
        together(
            rows(bed, whole + " WHERE " + p),
            rows(bed, whole + " WHERE NOT " + p),
            rows(bed, whole + " WHERE " + p + " IS NULL"));
    // The order of columns changes nothing in them.
    Optional<List<String>> turned =
        rows(
            bed,
            "SELECT %s FROM (SELECT %s FROM %s)"
                .formatted(names, String.join(", ", backwards), query.table()));
    // A view is read as if its query stood in its place.
    Optional<List<String>> view = rows(bed, "SELECT " + names + " FROM v");
    if (rows.isEmpty() || parts.isEmpty() || turned.isEmpty() || view.isEmpty()) {
      return false;
    }
    assertThat(parts.get()).as("%s in three parts by %s", whole, p).isEqualTo(rows.get());
    assertThat(turned.get()).as("backwards: %s", whole).isEqualTo(rows.get());
    assertThat(view.get()).as("as a view: %s", whole).isEqualTo(rows.get());
    return true;
  }

  @SafeVarargs
  private static Optional<List<String>> together(Optional<List<String>>... parts) {
    List<String> all = new ArrayList<>();
    for (Optional<List<String>> part : parts) {
      if (part.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(part.get());
    }
    Collections.sort(all);
    return Optional.of(all);
  }

  /** The rows; empty when the query is left to Spark or raises. */
  private static Optional<List<String>> rows(Bed bed, String sql) {
    try {
      PreparedQuery prepared = bed.prepare(sql);
      return prepared.translated()
          ? Optional.of(bed.engines().embeddedRows(prepared))
          : Optional.empty();
    } catch (SqlException | EngineFailure e) {
      return Optional.empty();
    }
  }
}
