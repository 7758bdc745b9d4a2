package dev.kindling.model.pipeline;

/** Where the rows of a table come from. */
public sealed interface Definition permits Read, Query {}
