package dev.kindling.cli;

/** How results of SQL statements are printed. */
enum ResultForm {
  /** Aligned columns with a header, for people. */
  TABLE,
  /** Cells separated by tabs, without a header and with NULL as {@code NULL}: as spark-sql. */
  TSV,
  /** With a header, quoted where needed, NULL as nothing and an empty text as {@code ""}. */
  CSV,
  /** One object per statement and line. */
  JSON
}
