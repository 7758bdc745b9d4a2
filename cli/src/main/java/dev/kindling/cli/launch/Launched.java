package dev.kindling.cli.launch;

import dev.kindling.cli.Main;

/** The main class of the distribution: the command, under a launcher that it does not outlive. */
public final class Launched {
  private Launched() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    ParentWatch.start(System.getenv("KINDLING_LAUNCHER_PID"));
    Main.main(args);
  }
}
