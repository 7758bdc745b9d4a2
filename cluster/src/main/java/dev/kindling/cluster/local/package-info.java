/**
 * A Spark cluster on this machine: Apache Spark's own Master, Workers and History Server as
 * processes that outlive the command that starts them. Start at {@link
 * dev.kindling.cluster.local.Clusters}. Nothing here loads a class of Spark: its processes are
 * started, watched over HTTP and ended by signals.
 *
 * <p>Objects of this package hold no open resources; what lasts is in the cluster's folder, which
 * one command at a time may change.
 */
package dev.kindling.cluster.local;
