package dev.kindling.doctor.facts;

/** A figure that Spark keeps of each task. Times are milliseconds, sizes bytes. */
public enum Measure {
  /** When it was sent to its executor, in milliseconds since 1970. */
  LAUNCHED,
  /** From its launch to its end as the driver saw it. */
  DURATION,
  /** On the executor, without what came before and after its work. */
  RUN,
  /** Of the executor's processor. */
  CPU,
  /** The executor's garbage collections while it ran. */
  GC,
  INPUT_BYTES,
  INPUT_ROWS,
  OUTPUT_BYTES,
  SHUFFLE_READ_BYTES,
  SHUFFLE_READ_ROWS,
  SHUFFLE_WRITE_BYTES,
  /** It waited for other executors' shuffle data. */
  FETCH_WAIT,
  /** On disk, after serialisation. */
  SPILL_BYTES,
  /** The largest memory that its operators held at once. */
  PEAK_MEMORY,
  /** What it sent to the driver. */
  RESULT_BYTES
}
