/**
 * What every module that starts Spark in a process of its own needs to know. Start at {@link
 * dev.kindling.model.process.SparkInstallation}.
 */
package dev.kindling.model.process;
