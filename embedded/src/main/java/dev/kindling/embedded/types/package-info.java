/** Spark types as DuckDB types. Start at {@link dev.kindling.embedded.types.DuckTypes}. */
package dev.kindling.embedded.types;
