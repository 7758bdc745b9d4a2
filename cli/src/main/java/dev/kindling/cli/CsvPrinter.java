package dev.kindling.cli;

import dev.kindling.runtime.script.ResultColumn;
import dev.kindling.runtime.script.StatementResult;
import java.io.PrintStream;
import java.util.List;

/** RFC 4180 with line feeds, so that NULL and an empty text stay apart. */
record CsvPrinter(PrintStream out) implements ResultPrinter {
  @Override
  public void print(StatementResult result) {
    List<ResultColumn> columns = result.columns();
    if (columns.isEmpty()) {
      return;
    }
    out.append(String.join(",", columns.stream().map(c -> cell(c.name())).toList())).append('\n');
    StringBuilder line = new StringBuilder();
    result
        .rows()
        .forEach(
            row -> {
              line.setLength(0);
              for (int c = 0; c < columns.size(); c++) {
                line.append(c == 0 ? "" : ",").append(row.isNull(c) ? "" : cell(row.text(c)));
              }
              out.append(line.append('\n'));
            });
  }

  private static String cell(String text) {
    boolean plain =
        !text.isEmpty()
            && text.indexOf(',') < 0
            && text.indexOf('"') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\r') < 0;
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
