/**
 * HDFS as a file system of Java's own interface, so that outputs are staged and published there by
 * the same steps as on a disk. Start at {@link dev.kindling.storage.hdfs.Hdfs}.
 */
package dev.kindling.storage.hdfs;
