package dev.kindling.cli.launch;

/**
 * Ends this process in good order when the launcher is gone. The launcher passes on every signal
 * that it can catch; this is for SIGKILL, which nobody can. A killed parent sends no event to its
 * children, but they get another parent, so a look once a second is enough.
 */
final class ParentWatch {
  private static final long LOOK_EVERY_MILLIS = 1000;

  /** What SIGTERM gives: the launcher asks for the same with that signal. */
  private static final int EXIT_CODE = 143;

  private ParentWatch() {}

  /**
   * Starts to watch.
   *
   * @param launcher the launcher's process id as text, null when none started this process; a
   *     process that is not the parent is not watched
   */
  static void start(String launcher) {
    if (launcher == null || launcher.isBlank()) {
      return;
    }
    Thread thread = new Thread(() -> watch(launcher), "kindling-parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(String launcher) {
    if (!launcher.equals(parent())) {
      return;
    }
    try {
      while (launcher.equals(parent())) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      System.exit(EXIT_CODE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String parent() {
    return ProcessHandle.current().parent().map(p -> Long.toString(p.pid())).orElse("");
  }
}
