package dev.kindling.runtime.compare;

/** What a comparison shows. */
public enum Verdict {
  /** The same names, types and rows, and the same order where the query asks for one. */
  EQUAL,
  /** Something differs. */
  DIFFERENT,
  /** The query itself may give other rows on each run, so that nothing can be concluded. */
  NOT_COMPARABLE,
  /** Spark ran it on both sides: the comparison proves nothing. */
  NOT_NATIVE
}
