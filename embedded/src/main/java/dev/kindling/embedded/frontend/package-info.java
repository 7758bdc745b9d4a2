/**
 * Spark's own parser and analyser without a SparkContext. Start at {@link
 * dev.kindling.embedded.frontend.SqlFrontEnd}.
 */
package dev.kindling.embedded.frontend;
