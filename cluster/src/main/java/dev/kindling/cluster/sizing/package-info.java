/**
 * How a cluster's nodes are divided into executors, as pure functions. Start at {@link
 * dev.kindling.cluster.sizing.ClusterShape}.
 */
package dev.kindling.cluster.sizing;
