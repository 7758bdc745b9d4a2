package dev.kindling.testkit;

/** Joins, windows, subqueries and what else makes rows of rows. */
class RelationFilesTest extends SqlFiles {
  RelationFilesTest() {
    super("relations");
  }
}
