/**
 * Spark clusters, seen from outside: how large one must be ({@code sizing}), what it costs ({@code
 * cost}), what sets one up elsewhere ({@code files}), and one on this machine ({@code local}). No
 * class of Spark is used here; what Spark itself does is done by processes of its own.
 */
package dev.kindling.cluster;
