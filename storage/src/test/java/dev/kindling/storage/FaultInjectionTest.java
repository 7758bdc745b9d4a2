package dev.kindling.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stops a run after each of its changes of the file system, and the recovery after each of its own.
 * Two tables are overwritten, one that is there and one that is not; one gets rows appended.
 */
class FaultInjectionTest {
  private static final int OLD = 1;
  private static final int NEW = 2;
  private static final int FILES = Versions.FILES.size();

  /** Forces nothing to the disk: what is at stake here is the order of the steps. */
  private final Store good = new LocalStore(Durability.PROCESS_KILL);

  @TempDir Path temporary;

  private int projects;

  @Test
  void aRunKilledAfterAnyStepIsOldOrNewAndThenWhole() throws IOException {
    int journalled = 0;
    int steps = 0;
    while (true) {
      Project project = new Project();
      boolean stopped = project.run(new SteppingStore(SteppingStore.Failure.KILL, steps));
      if (!stopped) {
        break;
      }
      project.checkPromiseBeforeRecovery(true);
      try (ProjectLock lock = project.lock()) {
        Recovery.recover(lock, good);
        project.checkPromiseAfterRecovery();
        assertThat(Recovery.recover(lock, good)).as("second recovery").isEmpty();
      }
      journalled += project.hasNewVersion() ? 1 : 0;
      steps++;
    }
    assertThat(steps).as("steps of a run").isGreaterThan(30);
    assertThat(journalled).as("runs that recovery finished").isBetween(15, steps - 10);
  }

  @Test
  void aRecoveryKilledAfterAnyStepCanBeRepeated() throws IOException {
    int recoveriesKilled = 0;
    for (int steps = 0; ; steps++) {
      for (int recoverySteps = 0; ; recoverySteps++) {
        Project project = new Project();
        if (!project.run(new SteppingStore(SteppingStore.Failure.KILL, steps))) {
          assertThat(recoveriesKilled).isGreaterThan(200);
          return;
        }
        SteppingStore store = new SteppingStore(SteppingStore.Failure.KILL, recoverySteps);
        try (ProjectLock lock = project.lock()) {
          boolean killed = false;
          try {
            Recovery.recover(lock, store);
          } catch (SteppingStore.Killed e) {
            killed = true;
            recoveriesKilled++;
            project.checkPromiseBeforeRecovery(true);
            Recovery.recover(lock, good);
          }
          project.checkPromiseAfterRecovery();
          if (!killed) {
            break;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SteppingStore.Failure.class,
      names = {"DISK_ERROR", "ONE_DISK_ERROR"})
  void aRunWhoseDiskFailsAtAnyStepIsOldOrNewAndThenWhole(SteppingStore.Failure failure)
      throws IOException {
    int failed = 0;
    for (int steps = 0; ; steps++) {
      Project project = new Project();
      SteppingStore store = new SteppingStore(failure, steps);
      project.run(store);
      if (!store.failed()) {
        break;
      }
      failed++;
      // With one error only, the version before is put back at once: no target is ever absent.
      project.checkPromiseBeforeRecovery(failure == SteppingStore.Failure.DISK_ERROR);
      try (ProjectLock lock = project.lock()) {
        Recovery.recover(lock, good);
        project.checkPromiseAfterRecovery();
      }
    }
    assertThat(failed).isGreaterThan(30);
  }

  @Test
  void recoveryReportsAFailingDiskAndFinishesWhenItIsBack() throws IOException {
    Project project = new Project();
    int steps = 0;
    while (!Files.exists(project.root.resolve(".kindling/journal/" + project.run + ".json"))) {
      project = new Project();
      project.run(new SteppingStore(SteppingStore.Failure.KILL, steps++));
    }
    try (ProjectLock lock = project.lock()) {
      SteppingStore bad = new SteppingStore(SteppingStore.Failure.DISK_ERROR, 1);
      assertThatThrownBy(() -> Recovery.recover(lock, bad))
          .isInstanceOf(KindlingException.class)
          .hasMessageContaining("Cannot finish publishing table 'there' of the interrupted run")
          .hasMessageContaining("the disk reports an error")
          .hasMessageContaining("to give up what is not published, remove .kindling/journal/");
      Recovery.recover(lock, good);
      project.checkPromiseAfterRecovery();
      assertThat(project.hasNewVersion()).isTrue();
    }
  }

  @Test
  void aJournalThatIsGivenUpLeavesWholeVersions() throws IOException {
    int givenUp = 0;
    for (int steps = 0; ; steps++) {
      Project project = new Project();
      if (!project.run(new SteppingStore(SteppingStore.Failure.KILL, steps))) {
        break;
      }
      Path journal = project.root.resolve(".kindling/journal/" + project.run + ".json");
      givenUp += Files.deleteIfExists(journal) ? 1 : 0;
      try (ProjectLock lock = project.lock()) {
        Recovery.recover(lock, good);
      }
      assertThat(Versions.filesByVersion(project.there))
          .isIn(Map.of(OLD, FILES), Map.of(NEW, FILES));
      assertThat(Versions.filesByVersion(project.fresh)).isIn(Map.of(), Map.of(NEW, FILES));
      assertThat(Versions.leftovers(project.root)).isEmpty();
    }
    assertThat(givenUp).isGreaterThan(5);
  }

  /** A project with an old version of two of its three tables. */
  private final class Project {
    private final Path root;
    private final Path there;
    private final Path fresh;
    private final Path appended;
    private final RunId run = RunId.next(Clock.systemUTC());

    Project() throws IOException {
      root = Files.createDirectory(temporary.resolve("project" + projects++)).toRealPath();
      there = root.resolve("out/there");
      fresh = root.resolve("new/parent/fresh");
      appended = root.resolve("out/appended");
      Versions.write(there, OLD);
      Versions.write(appended, OLD);
    }

    ProjectLock lock() {
      return ProjectLock.acquire(ProjectDirectory.of(root), "kindling run");
    }

    /** Runs as far as the store lets it; whether it was stopped. */
    boolean run(SteppingStore store) throws IOException {
      try (ProjectLock lock = lock()) {
        Staging staging = new Staging(lock, run, store);
        List<StagedOutput> outputs = new ArrayList<>();
        outputs.add(staging.forTarget("there", there, PublishMode.OVERWRITE).orElseThrow());
        outputs.add(staging.forTarget("fresh", fresh, PublishMode.OVERWRITE).orElseThrow());
        outputs.add(staging.forTarget("appended", appended, PublishMode.APPEND).orElseThrow());
        for (StagedOutput output : outputs) {
          Versions.write(output.staging(), NEW);
        }
        Publisher.publish(lock, run, outputs, store, output -> {});
        staging.close();
        return false;
      } catch (SteppingStore.Killed | KindlingException e) {
        return true;
      }
    }

    void checkPromiseBeforeRecovery(boolean mayBeAbsent) throws IOException {
      if (mayBeAbsent) {
        assertThat(Versions.filesByVersion(there))
            .isIn(Map.of(), Map.of(OLD, FILES), Map.of(NEW, FILES));
      } else {
        assertThat(Versions.filesByVersion(there)).isIn(Map.of(OLD, FILES), Map.of(NEW, FILES));
      }
      assertThat(Versions.filesByVersion(fresh)).isIn(Map.of(), Map.of(NEW, FILES));
      assertThat(Versions.filesByVersion(appended)).containsEntry(OLD, FILES);
      assertThat(Files.exists(there) || Files.exists(old(there)))
          .as("a version of the overwritten table is somewhere")
          .isTrue();
      if (Files.exists(old(there))) {
        assertThat(Versions.filesByVersion(old(there)))
            .as("the version that is set aside, and may be put back")
            .isEqualTo(Map.of(OLD, FILES));
      }
    }

    private Path old(Path target) {
      return target.resolveSibling("._kindling-" + run + "-" + target.getFileName() + ".old");
    }

    void checkPromiseAfterRecovery() throws IOException {
      if (hasNewVersion()) {
        assertThat(Versions.filesByVersion(there)).isEqualTo(Map.of(NEW, FILES));
        assertThat(Versions.filesByVersion(fresh)).isEqualTo(Map.of(NEW, FILES));
        assertThat(Versions.filesByVersion(appended)).isEqualTo(Map.of(OLD, FILES, NEW, FILES));
        assertThat(there.resolve("_SUCCESS")).hasContent(run.value());
        assertThat(fresh.resolve("_SUCCESS")).hasContent(run.value());
        assertThat(appended.resolve("_SUCCESS")).hasContent(run.value());
      } else {
        assertThat(Versions.filesByVersion(there)).isEqualTo(Map.of(OLD, FILES));
        assertThat(Versions.filesByVersion(appended)).isEqualTo(Map.of(OLD, FILES));
        assertThat(root.resolve("new")).as("parents of the absent table").doesNotExist();
      }
      assertThat(Versions.leftovers(root)).isEmpty();
    }

    boolean hasNewVersion() {
      return Files.exists(fresh);
    }
  }
}
