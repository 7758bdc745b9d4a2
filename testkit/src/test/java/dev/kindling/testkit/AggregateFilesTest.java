package dev.kindling.testkit;

/** Aggregates, what they collect, and what they group by. */
class AggregateFilesTest extends SqlFiles {
  AggregateFilesTest() {
    super("aggregates");
  }
}
