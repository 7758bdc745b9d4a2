package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableOrderTest {
  @Test
  void aTableComesAfterWhatItReads() {
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    reads.put("revenue", Set.of("clean", "customers"));
    reads.put("clean", Set.of("orders"));
    reads.put("customers", Set.of());
    reads.put("orders", Set.of());
    assertThat(TableOrder.of(reads))
        .containsExactlyInAnyOrder("orders", "clean", "customers", "revenue")
        .containsSubsequence("orders", "clean", "revenue")
        .containsSubsequence("customers", "revenue");
  }

  @Test
  void independentTablesKeepTheOrderOfTheFile() {
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m")) {
      reads.put(name, Set.of("outside"));
    }
    assertThat(TableOrder.of(reads)).containsExactly("z", "a", "m");
    assertThat(TableOrder.of(Map.of())).isEmpty();
  }

  @Test
  void cyclesAreNamed() {
    assertCycle(Map.of("a", Set.of("a")), "Pipeline table 'a' depends on itself: a → a");
    Map<String, Set<String>> three = new LinkedHashMap<>();
    three.put("start", Set.of("a"));
    three.put("a", Set.of("b"));
    three.put("b", Set.of("c"));
    three.put("c", Set.of("a"));
    assertCycle(three, "Pipeline table 'a' depends on itself: a → b → c → a");
  }

  @Test
  void longChainsAreOrdered() {
    Map<String, Set<String>> reads = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      reads.put("t" + i, Set.of("t" + (i + 1)));
    }
    reads.put("t50000", Set.of());
    List<String> order = TableOrder.of(reads);
    assertThat(order).hasSize(50_001).startsWith("t50000", "t49999").endsWith("t0");
  }

  @Test
  void randomGraphsAreOrderedOrHaveACycle() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int cycles = 0;
    for (int round = 0; round < 300; round++) {
      int size = 1 + random.nextInt(8);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        names.add("t" + i);
      }
      Collections.shuffle(names, random);
      Map<String, Set<String>> reads = new LinkedHashMap<>();
      for (String name : names) {
        Set<String> sources = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          sources.add(names.get(random.nextInt(size)));
        }
        reads.put(name, sources);
      }
      try {
        List<String> order = TableOrder.of(reads);
        assertThat(order).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(names);
        reads.forEach(
            (table, sources) ->
                assertThat(order.subList(0, order.indexOf(table)))
                    .as("seed %s", seed)
                    .containsAll(sources));
      } catch (KindlingException e) {
        cycles++;
        String[] way = e.getMessage().replaceAll(".*: ", "").split(" → ");
        assertThat(way[0]).as("seed %s", seed).isEqualTo(way[way.length - 1]);
        for (int i = 0; i + 1 < way.length; i++) {
          assertThat(reads.get(way[i])).as("seed %s", seed).contains(way[i + 1]);
        }
      }
    }
    assertThat(cycles).as("seed %s", seed).isBetween(1, 299);
  }

  private static void assertCycle(Map<String, Set<String>> reads, String message) {
    assertThatThrownBy(() -> TableOrder.of(reads))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_CYCLE))
        .hasMessage(message);
  }
}
