package dev.kindling.embedded;

/** The kinds of reason for leaving a query to Spark. */
public enum RefusalCode {
  /** A function or operator has no exact translation yet. */
  FUNCTION_NOT_SUPPORTED,
  /** A data type, or a function on this data type, has no exact translation yet. */
  TYPE_NOT_SUPPORTED,
  /** Spark itself gives another answer on each run, from its own generator. */
  NOT_DETERMINISTIC,
  /** A relational operator has no exact translation yet. */
  OPERATOR_NOT_SUPPORTED,
  /** A file or format cannot be read exactly. */
  SOURCE_NOT_SUPPORTED,
  /** A table of this query is itself computed or read by Spark, and not staged yet. */
  SOURCE_ON_SPARK,
  /** A session setting changes results in a way that is not translated. */
  SETTING_NOT_SUPPORTED,
  /** A constant cannot be written in DuckDB's SQL. */
  LITERAL_NOT_SUPPORTED,
  /** The translation itself failed, which no query should bring about. */
  TRANSLATION_FAILED,
  /** A class of the user's computes the rows, and it computes with Spark. */
  JAVA_CLASS,
  /** The statement is a command, not a query. */
  COMMAND
}
