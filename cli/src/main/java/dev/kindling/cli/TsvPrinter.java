package dev.kindling.cli;

import dev.kindling.runtime.script.StatementResult;
import java.io.PrintStream;

/** Rows as spark-sql prints them. */
record TsvPrinter(PrintStream out) implements ResultPrinter {
  @Override
  public void print(StatementResult result) {
    int columns = result.columns().size();
    if (columns == 0) {
      return;
    }
    StringBuilder line = new StringBuilder();
    result
        .rows()
        .forEach(
            row -> {
              line.setLength(0);
              for (int c = 0; c < columns; c++) {
                line.append(c == 0 ? "" : "\t").append(row.isNull(c) ? "NULL" : row.text(c));
              }
              out.append(line.append('\n'));
            });
  }
}
