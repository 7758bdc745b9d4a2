/**
 * What Kindling and its Spark child process say to each other, and the client that starts the child
 * and talks to it. Start at {@link dev.kindling.spark.protocol.SparkProcess}. Messages are
 * immutable records, one line of JSON each; nothing here needs Spark's classes.
 */
package dev.kindling.spark.protocol;
