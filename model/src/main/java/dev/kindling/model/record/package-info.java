/**
 * What a run leaves behind for the terminal, the report and later runs: {@code
 * .kindling/runs/<runId>/run.json}. Start at {@link dev.kindling.model.record.RunRecordStore}. The
 * records are immutable and may be shared between threads.
 */
package dev.kindling.model.record;
