package dev.kindling.runtime.pipeline;

import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.TableRecord;
import java.util.function.Supplier;

/** Hears how a run goes, on the thread that runs. */
public interface RunListener {
  /** Something worth a line: what a killed run left and what was done about it. */
  void talk(String line);

  /**
   * A table starts.
   *
   * @param index of the table among those of the run, from 1
   * @param progress how far it is; may be asked from any thread
   */
  void started(String table, int index, int total, Supplier<TableProgress> progress);

  /** The table that started last is done, or failed. */
  void finished(TableRecord table);

  /** An output is visible now. */
  void published(PublishedOutput output);
}
