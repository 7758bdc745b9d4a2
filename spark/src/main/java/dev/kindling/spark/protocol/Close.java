package dev.kindling.spark.protocol;

/** Ends the child process, also while a query runs. Has no answer. */
public record Close() implements Request {}
