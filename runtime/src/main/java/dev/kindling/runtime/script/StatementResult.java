package dev.kindling.runtime.script;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.pipeline.Engine;
import dev.kindling.runtime.Rows;
import java.util.List;

/**
 * The complete result of one statement.
 *
 * @param statement its number in the script, from 1
 * @param engine the engine that ran it, never {@code AUTO}
 * @param columns empty for a statement without rows
 * @param rows may be read until {@link ScriptListener#result} returns
 * @param truncated whether there are more rows than {@link ScriptOptions#maxRows} asks for
 * @param guarantees as far as the statement was understood here
 */
public record StatementResult(
    int statement,
    Engine engine,
    List<ResultColumn> columns,
    Rows rows,
    boolean truncated,
    Guarantees guarantees) {
  public StatementResult {
    requireNonNull(engine, "engine is null");
    columns = List.copyOf(columns);
    requireNonNull(rows, "rows is null");
    requireNonNull(guarantees, "guarantees is null");
  }
}
