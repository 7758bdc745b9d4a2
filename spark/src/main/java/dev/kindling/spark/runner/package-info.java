/**
 * The program in the child process: one SparkSession on {@code local[*]} that answers requests read
 * from standard input. Entry class: {@link dev.kindling.spark.runner.SparkRunner}. One thread reads
 * requests, one runs them, one after the other.
 */
package dev.kindling.spark.runner;
