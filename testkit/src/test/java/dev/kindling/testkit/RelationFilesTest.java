package dev.kindling.testkit;

/** Joins, aggregates, windows and what else makes rows of rows. */
class RelationFilesTest extends SqlFiles {
  RelationFilesTest() {
    super("relations");
  }
}
