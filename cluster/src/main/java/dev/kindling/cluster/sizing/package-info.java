/**
 * How the nodes of a cluster are divided into executors: pure functions from what the nodes are to
 * Spark's settings, each figure with its formula and its source. Start at {@link
 * dev.kindling.cluster.sizing.Sizing#of}.
 */
package dev.kindling.cluster.sizing;
