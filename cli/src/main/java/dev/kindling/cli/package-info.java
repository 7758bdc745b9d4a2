/**
 * The command line: one thin class per command. Start at {@link dev.kindling.cli.Main#run}, which
 * tests call too. No engine class is loaded before a command needs one, so that {@code --version},
 * {@code help} and {@code check --fast} answer at once.
 */
package dev.kindling.cli;
