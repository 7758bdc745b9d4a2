package dev.kindling.model.pipeline;

/**
 * What the runs of a pipeline leave behind.
 *
 * @param keep how many runs are kept with their records and reports
 * @param sampleRows how many rows of each table a run keeps for its report; 0 for none
 */
public record RunSettings(int keep, int sampleRows) {
  /** Those of a pipeline file that says nothing about it. */
  public static final RunSettings DEFAULT = new RunSettings(100, 5);
}
