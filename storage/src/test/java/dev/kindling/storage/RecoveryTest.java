package dev.kindling.storage;

import static dev.kindling.storage.PublishMode.ERROR;
import static dev.kindling.storage.PublishMode.OVERWRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.storage.RecoveredAction.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
  private static final int FILES = Versions.FILES.size();

  private final RunId run = RunId.next(Clock.systemUTC());
  private final Store store = new LocalStore(Durability.PROCESS_KILL);

  @TempDir Path temporary;

  private Path root;
  private Path target;

  @BeforeEach
  void createProject() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("project"));
    target = root.resolve("out/x");
    Versions.write(target, 1);
  }

  @Test
  void doesNothingInAProjectThatIsInOrder() {
    assertThat(recover()).isEmpty();
  }

  @Test
  void removesWhatARunLeftThatHadNotFinished() throws IOException {
    stage(target, OVERWRITE);

    assertThat(recover())
        .containsExactly(
            new RecoveredAction(
                Kind.CLEANED,
                run,
                Optional.of("x"),
                "Removed the unfinished output for out/x of run " + run));
    assertWhole(1);
  }

  @Test
  void finishesARunThatHadFinishedItsWork() throws IOException {
    journal(stage(target, OVERWRITE));

    assertThat(recover())
        .extracting(RecoveredAction::kind, RecoveredAction::text)
        .containsExactly(
            tuple(Kind.PUBLISHED, "Finished publishing out/x, interrupted in run " + run));
    assertWhole(2);
  }

  @Test
  void putsTheOldVersionBackWhenTheNewOneIsLost() throws IOException {
    StagedOutput output = journal(stage(target, OVERWRITE));
    store.rename(target, StagingNames.old(output));
    store.deleteTree(output.staging());

    assertThat(recover())
        .extracting(RecoveredAction::text)
        .containsExactly(
            "Put back the previous version of out/x; the one of run " + run + " is lost");
    assertWhole(1);
  }

  @Test
  void reportsANewVersionThatIsLostBeforeAnythingChanged() throws IOException {
    store.deleteTree(journal(stage(target, OVERWRITE)).staging());

    assertThat(recover())
        .extracting(RecoveredAction::text)
        .containsExactly(
            "Could not finish publishing out/x, interrupted in run "
                + run
                + ": its files are gone; run again");
    assertWhole(1);
  }

  @Test
  void reportsAnOutputFolderThatTheUserRemoved() throws IOException {
    journal(stage(target, OVERWRITE));
    store.deleteTree(root.resolve("out"));

    assertThat(recover()).extracting(RecoveredAction::kind).containsExactly(Kind.LOST);
    assertThat(root.resolve("out")).doesNotExist();
    assertThat(recover()).isEmpty();
  }

  @Test
  void keepsWhatAnotherProgramWroteWhenTheModeForbidsToReplaceIt() throws IOException {
    Path other = root.resolve("out/other");
    journal(stage(other, ERROR));
    Versions.write(other, 9);

    assertThat(recover())
        .extracting(RecoveredAction::text)
        .containsExactly(
            "Did not publish out/other, interrupted in run "
                + run
                + ": something was written there since, and the mode is not to replace it");
    assertThat(Versions.filesByVersion(other)).isEqualTo(Map.of(9, FILES));
    assertThat(Versions.leftovers(root)).isEmpty();
  }

  @Test
  void replacesWhatAnotherProgramWroteBetweenTheTwoRenames() throws IOException {
    StagedOutput output = journal(stage(target, OVERWRITE));
    store.rename(target, StagingNames.old(output));
    Versions.write(target, 9);

    assertThat(recover()).extracting(RecoveredAction::kind).containsExactly(Kind.PUBLISHED);
    assertWhole(2);
  }

  @Test
  void findsItsWayWhenTheProjectHasMoved() throws IOException {
    journal(stage(target, OVERWRITE));
    Path moved = temporary.toRealPath().resolve("moved");
    Files.move(root, moved);
    root = moved;
    target = moved.resolve("out/x");

    assertThat(recover()).extracting(RecoveredAction::kind).containsExactly(Kind.PUBLISHED);
    assertWhole(2);
  }

  @Test
  void waitsForADiskThatIsNotThere() throws IOException {
    Path disk = Files.createDirectory(temporary.toRealPath().resolve("disk"));
    Path away = disk.resolveSibling("away");
    journal(stage(disk.resolve("x"), OVERWRITE));
    Files.move(disk, away);

    assertThatThrownBy(this::recover)
        .isInstanceOf(KindlingException.class)
        .hasMessage(
            "Cannot finish publishing table 'x' of the interrupted run "
                + run
                + ": the folder "
                + disk
                + " is not there. If it is on another disk, mount that. The next command goes on"
                + " from here; to give up what is not published, remove .kindling/journal/"
                + run
                + ".json.");

    Files.move(away, disk);
    assertThat(recover()).extracting(RecoveredAction::kind).containsExactly(Kind.PUBLISHED);
    assertThat(Versions.filesByVersion(disk.resolve("x"))).isEqualTo(Map.of(2, FILES));
  }

  @Test
  void refusesAJournalItDoesNotUnderstand() throws IOException {
    for (String content : List.of("{\"version\": 2}", "{\"version\"", "")) {
      Path journal = ProjectDirectory.of(root).journal().resolve(run + ".json");
      Files.write(journal, content.getBytes(UTF_8));

      assertThatThrownBy(this::recover)
          .isInstanceOfSatisfying(
              KindlingException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_INVALID))
          .hasMessageStartingWith("Cannot read .kindling/journal/" + run + ".json, the journal of")
          .hasMessageContaining("Run the version of Kindling that wrote it; or remove the file");
    }
  }

  @Test
  void leavesTheTemporaryFilesOfProcessesThatLive() throws IOException {
    ProjectDirectory project = ProjectDirectory.of(root);
    try (TemporaryFolder folder = TemporaryFolder.create(project, run)) {
      Versions.write(folder.folder("spill"), 1);
      assertThatThrownBy(() -> TemporaryFolder.create(project, run))
          .hasMessageContaining("has a temporary folder already");

      assertThat(recover()).isEmpty();

      assertThat(folder.path().resolve("spill")).isNotEmptyDirectory();
    }
    assertThat(project.tmp()).isEmptyDirectory();
  }

  @Test
  void leavesFilesInItsFoldersThatAreNotItsOwn() throws IOException {
    Path own = Files.createFile(ProjectDirectory.of(root).tmp().resolve("notes.txt"));

    assertThat(recover()).isEmpty();
    assertThat(own).exists();
  }

  @Test
  void goesOnWhenLeftoversCannotBeRead() throws IOException {
    Path list = ProjectDirectory.of(root).tmp().resolve(run + ".staging");
    Files.write(list, "not json\n".getBytes(UTF_8));

    assertThat(recover())
        .singleElement()
        .satisfies(
            action ->
                assertThat(action.text()).startsWith("Cannot remove what run " + run + " left: "));
    assertThat(list).exists();
  }

  private StagedOutput stage(Path to, PublishMode mode) throws IOException {
    try (ProjectLock lock = lock()) {
      // not closed, as by a process that was killed
      StagedOutput output = new Staging(lock, run, store).forTarget("x", to, mode).orElseThrow();
      Versions.write(output.staging(), 2);
      return output;
    }
  }

  private StagedOutput journal(StagedOutput output) throws IOException {
    new Publication(store, run).seal(output);
    new Journal(ProjectDirectory.of(root), store).open(run, List.of(output));
    return output;
  }

  private List<RecoveredAction> recover() {
    try (ProjectLock lock = lock()) {
      return Recovery.recover(lock);
    }
  }

  private ProjectLock lock() {
    return ProjectLock.acquire(ProjectDirectory.of(root), "test");
  }

  private void assertWhole(int version) throws IOException {
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(version, FILES));
    assertThat(Versions.leftovers(root)).isEmpty();
  }
}
