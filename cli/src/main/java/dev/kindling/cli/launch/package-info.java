/**
 * What a process of the distribution does before the command itself. Start at {@link
 * dev.kindling.cli.launch.Launched}.
 */
package dev.kindling.cli.launch;
