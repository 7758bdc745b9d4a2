package dev.kindling.storage;

/** What a published output outlives. */
public enum Durability {
  /**
   * A crash of the operating system or a loss of power as well: files, folders and the journal are
   * forced to the disk before the first target changes.
   */
  POWER_LOSS,
  /** The end of the process at any moment, including SIGKILL; nothing is forced to the disk. */
  PROCESS_KILL
}
