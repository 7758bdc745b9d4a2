/**
 * The files that set up a Spark cluster elsewhere: containers, machines, Kubernetes, clouds. Pure
 * functions from a sizing to texts. Start at {@link dev.kindling.cluster.files.DeployFiles#of}.
 */
package dev.kindling.cluster.files;
