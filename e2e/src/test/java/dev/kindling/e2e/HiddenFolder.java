package dev.kindling.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Path;

/** The distribution's command with a file system of its own, empty, in the place of a folder. */
final class HiddenFolder {
  private HiddenFolder() {}

  /**
   * The command, to be run in another folder, where its scripts are put. What it starts does not
   * see into the hidden folder either.
   */
  static Cli command(Path hidden, Path folder) throws IOException {
    Path mount = folder.resolve("mount.sh");
    LauncherTest.script(
        mount,
        "mount -t tmpfs tmpfs '%s' && exec '%s' \"$@\""
            .formatted(hidden, Cli.dist().resolve("bin/kindling")));
    Path unshare = folder.resolve("unshare.sh");
    LauncherTest.script(unshare, "exec unshare --mount '" + mount + "' \"$@\"");
    return Cli.program(unshare, folder);
  }

  /** Leaves a test out where the user may not mount anything. */
  static void assumeAllowed(Result result) {
    assumeTrue(
        result.exitCode() == 0 || !result.err().matches("(?s).*(unshare|mount): .*"),
        "needs the right to mount a file system that only some processes see: " + result.err());
  }
}
