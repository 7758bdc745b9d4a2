package dev.kindling.testkit;

/** Expressions over columns of every type. */
class ExpressionFilesTest extends SqlFiles {
  ExpressionFilesTest() {
    super("expressions");
  }
}
