package dev.kindling.model.pipeline;

/** Where the rows of a table come from. */
public sealed interface Definition permits Read, Query, JavaCall {
  /** Where it stands in the user's files. */
  Position start();
}
