/**
 * Pipelines: what order, which engine, what is computed once, and the run itself. Start at {@link
 * dev.kindling.runtime.pipeline.Pipelines}.
 */
package dev.kindling.runtime.pipeline;
