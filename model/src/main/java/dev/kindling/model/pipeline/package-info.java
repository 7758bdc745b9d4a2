/**
 * A pipeline as the user wrote it: immutable records, made by {@link
 * dev.kindling.model.pipeline.PipelineReader} from {@code kindling.yaml}. Start at {@link
 * dev.kindling.model.pipeline.Pipeline}. Everything here may be shared between threads.
 */
package dev.kindling.model.pipeline;
