package dev.kindling.model.report;

import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the tables of a run and what reads what, from left to right: each table one column after
 * the last of those that it reads. An arrow over several columns has a slot in each of them, so
 * that it runs between tables and not behind them.
 */
final class TableGraph {
  private static final int BOX_HEIGHT = 44;
  private static final int SLOT_HEIGHT = 12;
  private static final int GAP = 16;
  private static final int COLUMN_GAP = 56;
  private static final int MARGIN = 10;
  private static final int LONGEST_NAME = 24;
  private static final int LONGEST_TITLE = 300;
  private static final int SWEEPS = 6;
  private static final int TALL = 800;

  /** A place in a column: a table, or a point that an arrow runs through. */
  private static final class Slot {
    final int table;
    final int column;
    final List<Slot> before = new ArrayList<>();
    final List<Slot> after = new ArrayList<>();
    double order;
    double middle;
    double x;
    double width;

    Slot(int table, int column) {
      this.table = table;
      this.column = column;
    }

    boolean isTable() {
      return table >= 0;
    }

    int height() {
      return isTable() ? BOX_HEIGHT : SLOT_HEIGHT;
    }
  }

  private final List<TableRecord> tables;
  private final List<List<Slot>> columns = new ArrayList<>();
  private final List<List<Slot>> arrows = new ArrayList<>();

  private TableGraph(List<TableRecord> tables) {
    this.tables = tables;
  }

  /**
   * The drawing as an SVG element.
   *
   * @param tables each after those that it reads; a table that is read and comes later, or is not
   *     there, is left out
   */
  static String svg(List<TableRecord> tables) {
    TableGraph graph = new TableGraph(tables);
    graph.arrange();
    graph.sort();
    return graph.draw();
  }

  private void arrange() {
    Map<String, Integer> indexes = new HashMap<>();
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      List<Slot> sources = new ArrayList<>();
      int column = 0;
      for (String name : tables.get(i).reads()) {
        Integer source = indexes.get(key(name));
        if (source != null) {
          sources.add(slots.get(source));
          column = Math.max(column, slots.get(source).column + 1);
        }
      }
      Slot slot = add(new Slot(i, column));
      slots.add(slot);
      indexes.put(key(tables.get(i).name()), i);
      for (Slot source : sources) {
        connect(source, slot);
      }
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private Slot add(Slot slot) {
    while (columns.size() <= slot.column) {
      columns.add(new ArrayList<>());
    }
    List<Slot> column = columns.get(slot.column);
    slot.order = column.size();
    column.add(slot);
    return slot;
  }

  private void connect(Slot from, Slot to) {
    List<Slot> arrow = new ArrayList<>();
    arrow.add(from);
    for (int column = from.column + 1; column < to.column; column++) {
      arrow.add(add(new Slot(-1, column)));
    }
    arrow.add(to);
    for (int i = 0; i + 1 < arrow.size(); i++) {
      arrow.get(i).after.add(arrow.get(i + 1));
      arrow.get(i + 1).before.add(arrow.get(i));
    }
    arrows.add(arrow);
  }

  /** Moves each slot to the mean of its neighbours, to and fro, so that few arrows cross. */
  private void sort() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < columns.size(); i++) {
        boolean forth = sweep % 2 == 0;
        List<Slot> column = columns.get(forth ? i : columns.size() - 1 - i);
        for (Slot slot : column) {
          List<Slot> neighbours = forth ? slot.before : slot.after;
          slot.order = neighbours.stream().mapToDouble(n -> n.middle).average().orElse(slot.order);
        }
        column.sort(Comparator.comparingDouble(s -> s.order));
        place(column);
      }
    }
  }

  /**
   * Stacks a column around the middle line; from the top where the drawing does not fit at once.
   */
  private void place(List<Slot> column) {
    double top = tall() ? 0 : -height(column) / 2;
    for (Slot slot : column) {
      slot.middle = top + slot.height() / 2.0;
      slot.order = slot.middle;
      top += slot.height() + GAP;
    }
  }

  private boolean tall() {
    return columns.stream().anyMatch(column -> height(column) > TALL);
  }

  private static double height(List<Slot> column) {
    double height = -GAP;
    for (Slot slot : column) {
      height += slot.height() + GAP;
    }
    return height;
  }

  private String draw() {
    double x = MARGIN;
    double top = 0;
    double bottom = 0;
    for (List<Slot> column : columns) {
      double width = 90;
      for (Slot slot : column) {
        if (slot.isTable()) {
          String name = shortName(slot);
          String caption = caption(tables.get(slot.table));
          width = Math.max(width, 32 + 7.6 * name.codePointCount(0, name.length()));
          width = Math.max(width, 20 + 6.2 * caption.length());
        }
        top = Math.min(top, slot.middle - slot.height() / 2.0);
        bottom = Math.max(bottom, slot.middle + slot.height() / 2.0);
      }
      for (Slot slot : column) {
        slot.x = x;
        slot.width = width;
      }
      x += width + COLUMN_GAP;
    }
    double width = x - COLUMN_GAP + MARGIN;
    double height = bottom - top + 2 * MARGIN;
    double shift = MARGIN - top;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\""
                + " aria-label=\"Which table reads which\">\n",
            width, height, width, height));
    for (List<Slot> arrow : arrows) {
      drawArrow(svg, arrow, shift);
    }
    for (List<Slot> column : columns) {
      for (Slot slot : column) {
        if (slot.isTable()) {
          drawTable(svg, slot, shift);
        }
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void drawArrow(StringBuilder svg, List<Slot> arrow, double shift) {
    Slot from = arrow.get(0);
    double x = from.x + from.width;
    double y = from.middle + shift;
    svg.append(format("<path class=\"edge\" d=\"M%.1f %.1f", x, y));
    for (Slot to : arrow.subList(1, arrow.size())) {
      double endX = to.isTable() ? to.x - 5 : to.x;
      double endY = to.middle + shift;
      double bend = (endX - x) / 2;
      svg.append(
          format(" C%.1f %.1f %.1f %.1f %.1f %.1f", x + bend, y, endX - bend, endY, endX, endY));
      x = endX;
      y = endY;
      if (!to.isTable()) {
        x = to.x + to.width;
        svg.append(format(" H%.1f", x));
      }
    }
    svg.append("\"/>\n");
    svg.append(format("<path class=\"arrow\" d=\"M%.1f %.1f l-7 -4 v8 z\"/>\n", x + 4, y));
  }

  private void drawTable(StringBuilder svg, Slot slot, double shift) {
    TableRecord table = tables.get(slot.table);
    double top = slot.middle + shift - BOX_HEIGHT / 2.0;
    double middle = slot.x + slot.width / 2;
    String state =
        switch (table.status()) {
          case SUCCEEDED -> "";
          case FAILED -> " failed";
          case SKIPPED -> " skipped";
          case UNCHANGED -> " unchanged";
        };
    svg.append(format("<a href=\"#t%d\"><title>", slot.table));
    svg.append(Html.escape(Html.shortened(title(table), LONGEST_TITLE))).append("</title>");
    svg.append(
        format(
            "<rect class=\"box %s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\""
                + " rx=\"8\"/>",
            Words.engine(table.engine()), state, slot.x, top, slot.width, BOX_HEIGHT));
    svg.append(
        format(
            "<text class=\"name\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">",
            middle, top + 19));
    svg.append(Html.escape(shortName(slot))).append("</text>");
    svg.append(
        format(
            "<text class=\"rows\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">",
            middle, top + 34));
    svg.append(Html.escape(caption(table))).append("</text>");
    Quality.tone(table)
        .ifPresent(
            tone ->
                svg.append(
                    format(
                        "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>",
                        tone, slot.x + slot.width - 3, top + 3)));
    svg.append("</a>\n");
  }

  private static String title(TableRecord table) {
    StringBuilder title = new StringBuilder(table.name());
    title.append(": ").append(Words.engine(table.engine())).append(", ").append(caption(table));
    Quality.findings(table).forEach(finding -> title.append(", ").append(finding.text()));
    return title.toString();
  }

  private static String caption(TableRecord table) {
    if (table.status() == TableStatus.FAILED) {
      return "failed";
    }
    if (table.status() == TableStatus.SKIPPED) {
      return "not run";
    }
    String rows =
        table.rows().isPresent() ? Amounts.count(table.rows().getAsLong(), "row") : "inlined";
    if (table.status() == TableStatus.UNCHANGED) {
      return rows + " · unchanged";
    }
    return table.millis() > 0 ? rows + " · " + Amounts.time(table.millis()) : rows;
  }

  private String shortName(Slot slot) {
    String name = tables.get(slot.table).name();
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
