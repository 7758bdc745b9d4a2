package dev.kindling.embedded;

/**
 * What a query wrote.
 *
 * @param rows how many rows
 * @param files how many files
 * @param bytes their size
 */
public record WriteResult(long rows, long files, long bytes) {}
