/** DuckDB in this process. Start at {@link dev.kindling.embedded.run.DuckDb}. */
package dev.kindling.embedded.run;
