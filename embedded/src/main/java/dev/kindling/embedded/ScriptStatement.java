package dev.kindling.embedded;

/**
 * One statement of a script.
 *
 * @param text the statement without its semicolon
 * @param line where it begins in the script, from 1
 * @param column in that line, from 1
 */
public record ScriptStatement(String text, int line, int column) {}
