package dev.kindling.cli;

import dev.kindling.runtime.Rows;
import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.StatementResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * One object per statement: {@code {"version":1,"statement":1,"engine":"embedded",
 * "columns":[{"name":"a","type":"INT"}],"rows":[[1]],"truncated":false}}. Numbers keep all their
 * digits; NaN and the infinities, which JSON has no number for, are strings.
 */
record JsonPrinter(PrintStream out) implements ResultPrinter {
  @Override
  public void print(StatementResult result) {
    List<ResultColumn> columns = result.columns();
    if (columns.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(256);
    line.append("{\"version\":1,\"statement\":").append(result.statement());
    line.append(",\"engine\":\"").append(result.engine().name().toLowerCase(Locale.ROOT));
    line.append("\",\"columns\":[");
    for (int c = 0; c < columns.size(); c++) {
      line.append(c == 0 ? "{\"name\":" : ",{\"name\":");
      Json.quote(columns.get(c).name(), line);
      line.append(",\"type\":");
      Json.quote(columns.get(c).type(), line);
      line.append('}');
    }
    line.append("],\"rows\":[");
    boolean[] first = {true};
    result
        .rows()
        .forEach(
            row -> {
              line.append(first[0] ? "[" : ",\n[");
              first[0] = false;
              for (int c = 0; c < columns.size(); c++) {
                line.append(c == 0 ? "" : ",");
                cell(row, c, columns.get(c).kind(), line);
              }
              out.append(line.append(']'));
              line.setLength(0);
            });
    out.append(line.append("],\"truncated\":").append(result.truncated()).append("}\n"));
  }

  private static void cell(Rows.Row row, int column, ResultColumn.Kind kind, StringBuilder to) {
    if (row.isNull(column)) {
      to.append("null");
      return;
    }
    String text = row.text(column);
    boolean bare =
        switch (kind) {
          case NUMBER -> !text.isEmpty() && !text.equals("NaN") && !text.endsWith("Infinity");
          case BOOLEAN -> true;
          case TEXT -> false;
        };
    if (bare) {
      to.append(text);
    } else {
      Json.quote(text, to);
    }
  }
}
