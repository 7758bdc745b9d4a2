/**
 * A Kubernetes cluster of one machine for tests: an API server that keeps objects in memory, and
 * what a node's kubelet does, with processes in the place of containers. Start at {@link
 * dev.kindling.e2e.kubernetes.SmallCluster}.
 */
package dev.kindling.e2e.kubernetes;
