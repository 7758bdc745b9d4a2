package dev.kindling.storage;

import static dev.kindling.storage.PublishMode.APPEND;
import static dev.kindling.storage.PublishMode.ERROR;
import static dev.kindling.storage.PublishMode.IGNORE;
import static dev.kindling.storage.PublishMode.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
  private static final int FILES = Versions.FILES.size();

  private final RunId run = RunId.next(Clock.systemUTC());

  @TempDir Path temporary;

  private Path root;
  private Path target;
  private ProjectLock lock;
  private Staging staging;

  @BeforeEach
  void begin() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("project"));
    target = root.resolve("out/x");
    lock = ProjectLock.acquire(ProjectDirectory.of(root), "test");
    staging = Staging.begin(lock, run);
  }

  @AfterEach
  void end() {
    staging.close();
    lock.close();
    assertThat(Versions.leftovers(root)).isEmpty();
  }

  @Test
  void overwriteReplacesEverything() throws IOException {
    Versions.write(target, 1);
    Files.createFile(target.resolve("_old"));

    List<PublishedOutput> published = publish(staged("x", target, OVERWRITE, 2));

    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(2, FILES));
    assertThat(target.resolve("_old")).doesNotExist();
    assertThat(target.resolve("_SUCCESS")).hasContent(run.value());
    assertThat(published)
        .containsExactly(new PublishedOutput("x", target, OVERWRITE, FILES, FILES));
  }

  @Test
  void appendAddsFilesUnderNamesOfTheRunAndKeepsPartitionFolders() throws IOException {
    Versions.write(target, 1);
    StagedOutput output = staged("x", target, APPEND, 2);
    Files.createDirectory(output.staging().resolve("day=3"));
    Files.createFile(output.staging().resolve("day=3/part-1.snappy.parquet"));
    Files.createFile(output.staging().resolve(".part-0.csv.crc"));
    Files.createFile(output.staging().resolve("._SUCCESS.crc"));
    Files.createFile(target.resolve("._SUCCESS.crc"));

    List<PublishedOutput> published = publish(output);

    assertThat(target.resolve("part-0.csv")).hasContent("1");
    assertThat(target.resolve("part-0-" + run + ".csv")).hasContent("2");
    assertThat(target.resolve("day=2/part-0-" + run + ".csv")).hasContent("2");
    assertThat(target.resolve("day=3/part-1-" + run + ".snappy.parquet")).isEmptyFile();
    assertThat(target.resolve("_SUCCESS")).hasContent(run.value());
    assertThat(target.resolve("._SUCCESS.crc")).doesNotExist();
    assertThat(target.resolve(".part-0.csv.crc")).doesNotExist();
    assertThat(published).singleElement().extracting(PublishedOutput::files).isEqualTo(FILES + 1);
  }

  @Test
  void appendToNothingPublishesTheWholeFolder() throws IOException {
    publish(staged("x", target, APPEND, 1));

    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
  }

  @Test
  void appendChecksForFilesInTheWayBeforeItMovesAny() throws IOException {
    Versions.write(target, 1);
    StagedOutput output = staged("x", target, APPEND, 2);
    Files.createDirectory(output.staging().resolve("z=1"));
    Files.createFile(output.staging().resolve("z=1/part-0.csv"));
    Files.createFile(target.resolve("z=1"));

    assertThatThrownBy(() -> publish(output))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("a part of the path is a file, not a folder");
    Files.delete(target.resolve("z=1"));
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
  }

  @Test
  void errorAndIgnoreAcceptAnEmptyFolder() throws IOException {
    Path other = root.resolve("out/y");
    Files.createDirectories(target);
    Files.createDirectories(other);

    publish(staged("x", target, ERROR, 1), staged("y", other, IGNORE, 2));

    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
    assertThat(Versions.filesByVersion(other)).isEqualTo(Map.of(2, FILES));
  }

  @Test
  void errorRefusesATargetThatWasFilledMeanwhile() throws IOException {
    StagedOutput first = staged("first", root.resolve("out/first"), OVERWRITE, 2);
    StagedOutput output = staged("x", target, ERROR, 2);
    Versions.write(target, 1);

    assertThatThrownBy(() -> publish(first, output))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS));
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
    assertThat(first.target()).doesNotExist();
  }

  @Test
  void ignoreSkipsATargetThatWasFilledMeanwhile() throws IOException {
    StagedOutput output = staged("x", target, IGNORE, 2);
    Versions.write(target, 1);

    assertThat(publish(output)).isEmpty();
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
  }

  @Test
  void publishesInOrderAndTellsAfterEach() throws IOException {
    List<StagedOutput> outputs = new ArrayList<>();
    for (String table : List.of("c", "a", "b")) {
      outputs.add(staged(table, root.resolve(table), OVERWRITE, 1));
    }
    List<String> told = new ArrayList<>();

    Publisher.publish(
        lock,
        run,
        outputs,
        Durability.PROCESS_KILL,
        output -> {
          assertThat(output.target()).isDirectory();
          told.add(output.table());
        });

    assertThat(told).containsExactly("c", "a", "b");
  }

  @Test
  void publishesIntoWhatALinkPointsTo() throws IOException {
    Path real = temporary.toRealPath().resolve("disk/real");
    Versions.write(real, 1);
    Files.createDirectory(root.resolve("out"));
    Files.createSymbolicLink(target, real);

    publish(staged("x", target, OVERWRITE, 2));

    assertThat(target).isSymbolicLink();
    assertThat(Versions.filesByVersion(real)).isEqualTo(Map.of(2, FILES));
    assertThat(Versions.leftovers(real.getParent())).isEmpty();
  }

  @Test
  void anInterruptDoesNotStopPublishing() throws IOException {
    StagedOutput output = staged("x", target, OVERWRITE, 2);
    Thread.currentThread().interrupt();

    publish(output);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(2, FILES));
  }

  @Test
  void refusesAnOutputWhoseStagingFolderIsGone() throws IOException {
    Versions.write(target, 1);
    StagedOutput output = staged("x", target, OVERWRITE, 2);
    new LocalStore(Durability.PROCESS_KILL).deleteTree(output.staging());

    assertThatThrownBy(() -> publish(output))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("Cannot publish table 'x' to out/x: its staging folder")
        .hasMessageContaining("is gone");
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(1, FILES));
  }

  @Test
  void anErrorNamesWhatIsPublishedAndTheNextCommandGoesOn() throws IOException {
    Versions.write(target, 1);
    StagedOutput first = staged("first", root.resolve("out/first"), OVERWRITE, 2);
    StagedOutput second = staged("second", target, OVERWRITE, 2);
    // two changes seal, two open the journal, one publishes the first output
    SteppingStore store = new SteppingStore(SteppingStore.Failure.ONE_DISK_ERROR, 6);

    assertThatThrownBy(
            () -> Publisher.publish(lock, run, List.of(first, second), store, output -> {}))
        .isInstanceOf(KindlingException.class)
        .hasMessage(
            "Cannot publish table 'second': out/x (at "
                + second.staging()
                + "): the disk reports an error. Check the disk and the system's log. Published"
                + " before: first. The next command goes on from here; to give up what is not"
                + " published, remove .kindling/journal/"
                + run
                + ".json.");
    assertThat(Versions.filesByVersion(target)).as("put back").isEqualTo(Map.of(1, FILES));
    staging.close();

    assertThat(Recovery.recover(lock))
        .extracting(RecoveredAction::text)
        .containsExactly(
            "Finished publishing out/first, interrupted in run " + run,
            "Finished publishing out/x, interrupted in run " + run);
    assertThat(Versions.filesByVersion(target)).isEqualTo(Map.of(2, FILES));
  }

  private StagedOutput staged(String table, Path to, PublishMode mode, int version)
      throws IOException {
    StagedOutput output = staging.forTarget(table, to, mode).orElseThrow();
    Versions.write(output.staging(), version);
    return output;
  }

  private List<PublishedOutput> publish(StagedOutput... outputs) {
    return Publisher.publish(lock, run, List.of(outputs));
  }
}
