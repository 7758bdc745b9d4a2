package dev.kindling.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScansTest {
  @Test
  void readsColumnsFiltersAndFilesOffTheDrawing() {
    String drawing =
        """
        ╭─ Hash Join ───────┴───────────────────╮
        │ Conditions: customer_id = customer_id │
        ╰───────────────────┬───────────────────╯
                            ├──────────────────────────────────────╮
        ╭─ Read Parquet ────┴───────────────────╮  ╭─ Read Parquet ┴──────────────╮
        │ Function: READ_PARQUET                │  │ Function: READ_PARQUET       │
        │ Projections: customer_id, name        │  │ Projections: customer_id,    │
        │ Filters: segment < 'but'              │  │              order_id        │
        │ ~800 rows                             │  │ Filters: revenue > 100.00    │
        ╰───────────────────────────────────────╯  │ File Filters: country = 'DE' │
                                                   │ Scanning Files: 1/8          │
                                                   │ ~1 row                       │
                                                   ╰──────────────────────────────╯
        """;

    assertThat(Scans.of(drawing))
        .containsExactly(
            "columns customer_id, name; filters segment < 'but'",
            "columns customer_id, order_id; filters revenue > 100.00; files 1/8, by country = 'DE'");
  }

  @Test
  void findsNothingInADrawingWithoutScans() {
    assertThat(Scans.of("╭─ Empty Result ─╮\n╰────────────────╯\n")).isEmpty();
  }
}
