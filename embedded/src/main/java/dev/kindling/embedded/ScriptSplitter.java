package dev.kindling.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into statements at semicolons, as spark-sql does: not inside quotes, comments or
 * bracketed comments. A part with nothing but white space and comments is no statement.
 */
final class ScriptSplitter {
  private final String script;
  private final List<ScriptStatement> statements = new ArrayList<>();
  private int position;
  private int line = 1;
  private int column = 1;
  private int start = -1;
  private int startLine;
  private int startColumn;
  private int end;
  // Whether a bracketed comment lacks its end.
  private boolean open;

  private ScriptSplitter(String script) {
    this.script = script;
  }

  static List<ScriptStatement> split(String script) {
    ScriptSplitter splitter = new ScriptSplitter(script);
    splitter.run();
    return splitter.statements;
  }

  /** Whether a semicolon ends the last statement, and no comment is open behind it. */
  static boolean isComplete(String script) {
    ScriptSplitter splitter = new ScriptSplitter(script);
    splitter.statements();
    return splitter.start < 0 && !splitter.open && !splitter.statements.isEmpty();
  }

  private void run() {
    statements();
    finish();
  }

  private void statements() {
    while (position < script.length()) {
      char c = script.charAt(position);
      if (c == ';') {
        finish();
        step();
      } else if (script.startsWith("--", position)) {
        lineComment();
      } else if (script.startsWith("/*", position)) {
        bracketedComment();
      } else if (c == '\'' || c == '"' || c == '`') {
        content();
        quoted(c);
      } else {
        if (!Character.isWhitespace(c)) {
          content();
        }
        step();
        end = Character.isWhitespace(c) ? end : position;
      }
    }
  }

  private void content() {
    if (start < 0) {
      start = position;
      startLine = line;
      startColumn = column;
    }
  }

  private void finish() {
    if (start >= 0) {
      statements.add(new ScriptStatement(script.substring(start, end), startLine, startColumn));
    }
    start = -1;
  }

  private void quoted(char quote) {
    step();
    while (position < script.length()) {
      char c = script.charAt(position);
      if (c == '\\' && quote != '`' && position + 1 < script.length()) {
        step();
      } else if (c == quote) {
        break;
      }
      step();
    }
    if (position < script.length()) {
      step();
    }
    end = position;
  }

  private void lineComment() {
    while (position < script.length() && script.charAt(position) != '\n') {
      step();
    }
  }

  // Spark lets bracketed comments nest. A hint, /*+ … */, is part of the statement.
  private void bracketedComment() {
    boolean hint = script.startsWith("/*+", position);
    int depth = 0;
    do {
      if (script.startsWith("/*", position)) {
        depth++;
        step();
      } else if (script.startsWith("*/", position)) {
        depth--;
        step();
      }
      if (position < script.length()) {
        step();
      }
    } while (depth > 0 && position < script.length());
    open = depth > 0;
    end = hint && start >= 0 ? position : end;
  }

  private void step() {
    if (script.charAt(position) == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    position++;
  }
}
