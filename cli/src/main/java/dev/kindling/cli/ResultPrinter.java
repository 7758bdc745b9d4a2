package dev.kindling.cli;

import dev.kindling.runtime.script.StatementResult;
import java.io.PrintStream;

/** Prints results in one form. */
interface ResultPrinter {
  /** Prints one result; nothing for a statement without columns. */
  void print(StatementResult result);

  static ResultPrinter of(ResultForm form, PrintStream out) {
    return switch (form) {
      case TABLE -> new TablePrinter(out);
      case TSV -> new TsvPrinter(out);
      case CSV -> new CsvPrinter(out);
      case JSON -> new JsonPrinter(out);
    };
  }
}
