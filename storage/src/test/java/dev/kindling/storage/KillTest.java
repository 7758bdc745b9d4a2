package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a publishing process at random moments. */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("kindling.kills", 40);
  private static final int FILES = Versions.FILES.size();

  /** About as long as the loop needs for a few versions. */
  private static final long LONGEST_DELAY = TimeUnit.MILLISECONDS.toNanos(40);

  @TempDir Path temporary;

  @Test
  @Timeout(300)
  void aKilledProcessLeavesWholeVersionsAndTheNextCommandPutsThemRight() throws Exception {
    long seed = Long.getLong("kindling.seed", System.nanoTime());
    System.out.println("KillTest: " + KILLS + " kills, -Dkindling.seed=" + seed);
    Random random = new Random(seed);
    Path root = temporary.toRealPath();
    ProjectDirectory project = ProjectDirectory.of(root);
    int version = 1;
    int interrupted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int last = runAndKill(root, version, (long) (random.nextDouble() * LONGEST_DELAY));
      String context = "kill " + kill + ", versions " + version + " to " + last;

      checkPromise(context, root, last);
      try (ProjectLock lock = ProjectLock.acquire(project, "test")) {
        List<RecoveredAction> actions = Recovery.recover(lock);
        interrupted += actions.isEmpty() ? 0 : 1;
      }
      int published = checkWhole(context, root, version, last);
      assertThat(Versions.leftovers(root)).as(context).isEmpty();
      version = published + 1;
    }
    assertThat(interrupted).as("kills that left something to put right").isPositive();
  }

  /** The number of the version that the process had begun. */
  private static int runAndKill(Path root, int version, long delay)
      throws IOException, InterruptedException {
    Process process =
        ChildJava.start(PublishLoop.class, root.toString(), Integer.toString(version));
    int last = version - 1;
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(output.readLine()).as("first line of the child process").isNotNull();
      long end = System.nanoTime() + delay;
      for (long left = delay; left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      // Unlike the process itself, its handle leaves the output open that is to be read.
      process.toHandle().destroyForcibly();
      last = version;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).as("exit code after SIGKILL").isEqualTo(128 + 9);
    return last;
  }

  /** What a reader may find right after the kill. */
  private static void checkPromise(String context, Path root, int last) throws IOException {
    for (String target : List.of(PublishLoop.OVERWRITTEN, PublishLoop.NESTED)) {
      Map<Integer, Integer> found = Versions.filesByVersion(root.resolve(target));
      if (Files.exists(root.resolve(target))) {
        assertThat(found).as("%s: %s", context, target).hasSize(1).containsValue(FILES);
        assertThat(found.keySet()).allMatch(version -> version >= last - 1 && version <= last);
      }
    }
    // Appending goes file by file, so only versions before the last one must be whole.
    Map<Integer, Integer> appended = Versions.filesByVersion(root.resolve(PublishLoop.APPENDED));
    appended.forEach(
        (version, files) -> {
          if (version < last) {
            assertThat(files).as("%s: version %d", context, version).isEqualTo(FILES);
          }
        });
  }

  /** What a reader must find after recovery; the version that was published last. */
  private static int checkWhole(String context, Path root, int first, int last) throws IOException {
    Map<Integer, Integer> overwritten =
        Versions.filesByVersion(root.resolve(PublishLoop.OVERWRITTEN));
    Map<Integer, Integer> nested = Versions.filesByVersion(root.resolve(PublishLoop.NESTED));
    Map<Integer, Integer> appended = Versions.filesByVersion(root.resolve(PublishLoop.APPENDED));
    if (overwritten.isEmpty()) {
      assertThat(first).as(context + ": only the very first version may be absent").isEqualTo(1);
      assertThat(nested).as(context).isEmpty();
      assertThat(appended).as(context).isEmpty();
      assertThat(root.resolve("out")).as(context).doesNotExist();
      return 0;
    }
    assertThat(overwritten).as(context).hasSize(1).containsValue(FILES);
    assertThat(nested).as(context).isEqualTo(overwritten);
    int version = overwritten.keySet().iterator().next();
    assertThat(version).as(context).isIn(last - 1, last);
    for (int each = 1; each <= version; each++) {
      assertThat(appended).as(context).containsEntry(each, FILES);
    }
    assertThat(appended).as(context).hasSize(version);
    return version;
  }
}
