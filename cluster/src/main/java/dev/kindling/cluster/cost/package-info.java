/**
 * What a cluster costs, from prices that the user keeps: pure functions. Start at {@link
 * dev.kindling.cluster.cost.Cost#of}.
 */
package dev.kindling.cluster.cost;
