/**
 * The embedded engine inside an ordinary local SparkSession: what it translates of a DataFrame's or
 * a query's plan runs in DuckDB, the rest stays with Spark. Entry: {@link
 * dev.kindling.spark.extension.KindlingExtension}, named in {@code spark.sql.extensions}.
 */
package dev.kindling.spark.extension;
