/**
 * What all modules share and no engine knows: the pipeline ({@code pipeline}), errors ({@code
 * error}), what a run leaves behind ({@code record}) and its report ({@code report}). {@link
 * dev.kindling.model.Redaction} keeps secrets out of all of them.
 */
package dev.kindling.model;
