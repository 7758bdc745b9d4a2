/**
 * Apache Spark in a process of its own. {@link dev.kindling.spark.protocol} is what the parent
 * uses, {@link dev.kindling.spark.runner} is what runs in the child.
 */
package dev.kindling.spark;
