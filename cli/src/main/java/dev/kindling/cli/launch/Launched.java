package dev.kindling.cli.launch;

import dev.kindling.cli.Main;
import java.io.FileDescriptor;
import java.lang.reflect.Constructor;

/** The main class of the distribution: the command, under a launcher that it does not outlive. */
public final class Launched {
  private Launched() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) throws ReflectiveOperationException {
    ParentWatch.start(System.getenv("KINDLING_LAUNCHER_PID"));
    Main.main(args, data(), Boolean.getBoolean("kindling.terminal"));
  }

  /**
   * The descriptor that the launcher keeps for data. A crashing Java writes to descriptor 1, which
   * is standard error therefore. Opening {@code /dev/fd/3} would not do: a file would be written
   * from its beginning again, and a socket cannot be opened.
   */
  private static FileDescriptor data() throws ReflectiveOperationException {
    int number = Integer.getInteger("kindling.stdout", 1);
    if (number == 1) {
      return FileDescriptor.out;
    }
    Constructor<FileDescriptor> constructor =
        FileDescriptor.class.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return constructor.newInstance(number);
  }
}
