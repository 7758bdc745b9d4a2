/**
 * DuckDB SQL as a tree. Rules build {@link dev.kindling.embedded.sql.Sql} and {@link
 * dev.kindling.embedded.sql.Query} values; only {@link dev.kindling.embedded.sql.SqlPrinter} knows
 * quotes and brackets. All values are immutable and may be shared.
 */
package dev.kindling.embedded.sql;
