/**
 * The packaged product as its users meet it: processes, signals, exit codes, files. Start at {@link
 * dev.kindling.e2e.Cli}. {@link dev.kindling.e2e.ArchitectureTest} holds the arrows between
 * modules.
 */
package dev.kindling.e2e;
