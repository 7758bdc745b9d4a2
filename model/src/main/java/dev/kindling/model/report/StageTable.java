package dev.kindling.model.report;

import dev.kindling.model.record.StageRecord;
import java.util.List;
import java.util.Locale;

/** The stages that Spark ran for a table, with what tells a bad one: skew, spill, collection. */
final class StageTable {
  private static final List<String> HEADS =
      List.of(
          "stage",
          "time",
          "tasks",
          "median task",
          "slowest task",
          "read",
          "shuffle in",
          "shuffle out",
          "spilled",
          "GC");

  private StageTable() {}

  static void write(List<StageRecord> stages, Html page) {
    if (stages.isEmpty()) {
      return;
    }
    page.element("h3", Amounts.count(stages.size(), "stage") + " on Spark");
    page.markup("<div class=\"small wide\"><table><thead><tr>");
    HEADS.forEach(head -> page.element("th", head));
    page.markup("</tr></thead><tbody>");
    for (StageRecord stage : stages) {
      page.markup("<tr>");
      cells(stage).forEach(cell -> page.element("td", cell));
      page.markup("</tr>");
    }
    page.markup("</tbody></table></div>\n");
  }

  private static List<String> cells(StageRecord stage) {
    return List.of(
        stage.attempt() == 0
            ? Integer.toString(stage.id())
            : "%d, attempt %d".formatted(stage.id(), stage.attempt() + 1),
        Amounts.time(stage.millis()),
        stage.failedTasks() == 0
            ? Integer.toString(stage.tasks())
            : "%d + %d failed".formatted(stage.tasks(), stage.failedTasks()),
        Amounts.time(stage.medianTaskMillis()),
        stage.tasks() < 2
            ? Amounts.time(stage.slowestTaskMillis())
            : String.format(
                Locale.ROOT, "%s (%.1f×)", Amounts.time(stage.slowestTaskMillis()), stage.skew()),
        bytes(stage.inputBytes()),
        bytes(stage.shuffleReadBytes()),
        bytes(stage.shuffleWriteBytes()),
        bytes(stage.spilledBytes()),
        stage.gcMillis() == 0 ? "" : Amounts.time(stage.gcMillis()));
  }

  private static String bytes(long bytes) {
    return bytes == 0 ? "" : Amounts.bytes(bytes);
  }
}
