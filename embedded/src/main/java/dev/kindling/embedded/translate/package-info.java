/**
 * Catalyst plans as DuckDB SQL. Start at {@link dev.kindling.embedded.translate.QueryTranslator};
 * to add a function, add a row to the {@code …Rules} class of its family.
 */
package dev.kindling.embedded.translate;
