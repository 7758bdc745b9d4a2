package dev.kindling.testkit;

import dev.kindling.embedded.Refusal;
import java.util.List;

/** What came out of running one query on both engines. */
public sealed interface Comparison {
  /** Same names, types and rows. */
  record Equal(long rows, boolean withTolerance) implements Comparison {}

  /** Something differs: a wrong answer. */
  record Different(String what) implements Comparison {}

  /** Both refuse or fail; {@code errorClass} is Spark's. */
  record BothFail(String errorClass) implements Comparison {}

  /** The embedded engine raised, so that Spark has to run it; Spark gives rows. */
  record Reruns(String why) implements Comparison {}

  /** The embedded engine leaves it to Spark. */
  record Refused(List<Refusal> refusals) implements Comparison {}

  /** Two right answers may have different rows; {@code same} when these have not. */
  record NotComparable(String why, boolean same) implements Comparison {}
}
