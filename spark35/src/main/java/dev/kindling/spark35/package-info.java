/** A YARN cluster for tests. Start at {@link dev.kindling.spark35.YarnCluster}. */
package dev.kindling.spark35;
