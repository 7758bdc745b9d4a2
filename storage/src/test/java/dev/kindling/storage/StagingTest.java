package dev.kindling.storage;

import static dev.kindling.storage.PublishMode.APPEND;
import static dev.kindling.storage.PublishMode.ERROR;
import static dev.kindling.storage.PublishMode.IGNORE;
import static dev.kindling.storage.PublishMode.OVERWRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  private final RunId run = RunId.next(Clock.systemUTC());

  @TempDir Path temporary;

  private Path root;
  private ProjectLock lock;
  private Staging staging;

  @BeforeEach
  void begin() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("project"));
    lock = ProjectLock.acquire(ProjectDirectory.of(root), "test");
    staging = Staging.begin(lock, run);
  }

  @AfterEach
  void end() {
    staging.close();
    lock.close();
  }

  @Test
  void stagesBesideTheTargetUnderANameThatReadersPassOver() {
    StagedOutput output = staging.forTarget("x", Path.of("out/x"), OVERWRITE).orElseThrow();

    assertThat(output.target()).isEqualTo(root.resolve("out/x")).doesNotExist();
    assertThat(output.staging())
        .isEqualTo(root.resolve("out/._kindling-" + run + "-x.new"))
        .isEmptyDirectory();
    assertThat(HiddenNames.isHidden(output.staging().getFileName().toString())).isTrue();
  }

  @Test
  void closingRemovesWhatWasNotPublishedAndTheParentsMadeForIt() throws IOException {
    Files.createDirectory(root.resolve("there"));
    for (String target : List.of("new/a/x", "new/y", "new/a/b/z", "there/x")) {
      Path folder = staging.forTarget(target, Path.of(target), OVERWRITE).orElseThrow().staging();
      Versions.write(folder, 1);
    }

    staging.close();

    assertThat(root.resolve("new")).doesNotExist();
    assertThat(root.resolve("there")).isEmptyDirectory();
    assertThat(Versions.leftovers(root)).isEmpty();
  }

  @Test
  void closingKeepsParentsThatSomethingElseUses() throws IOException {
    staging.forTarget("x", Path.of("new/x"), OVERWRITE);
    Files.createFile(root.resolve("new/other"));

    staging.close();

    assertThat(root.resolve("new/other")).exists();
    assertThat(Versions.leftovers(root)).isEmpty();
  }

  @Test
  void modeErrorRefusesATargetThatHoldsSomething() throws IOException {
    Versions.write(root.resolve("out/x"), 1);
    Files.createDirectories(root.resolve("out/empty"));

    assertRefused(
        ErrorCode.OUTPUT_EXISTS,
        "Output path out/x of table 'x' exists already; mode is error. Use mode: overwrite or"
            + " append, or remove it.",
        new OutputTarget("x", Path.of("out/x"), ERROR));
    assertThat(staging.forTarget("e", Path.of("out/empty"), ERROR)).isPresent();
  }

  @Test
  void modeIgnoreSkipsATargetThatHoldsSomething() throws IOException {
    Versions.write(root.resolve("out/x"), 1);

    assertThat(staging.forTarget("x", Path.of("out/x"), IGNORE)).isEqualTo(Optional.empty());
    assertThat(staging.forTarget("y", Path.of("out/y"), IGNORE)).isPresent();
  }

  @Test
  void refusesFilesInTheWay() throws IOException {
    Files.createFile(root.resolve("file"));

    assertRefused(
        ErrorCode.OUTPUT_INVALID,
        "Output path file of table 'x' is a file; tables are written as folders. Remove the file,"
            + " or choose another path.",
        new OutputTarget("x", Path.of("file"), OVERWRITE));
    assertThatThrownBy(() -> staging.forTarget("y", Path.of("file/a/b"), OVERWRITE))
        .isInstanceOf(KindlingException.class)
        .hasMessageStartingWith("Cannot write table 'y': ")
        .hasMessageContaining("a part of the path is a file, not a folder");
  }

  @Test
  void refusesPathsThatWouldReplaceTheProject() {
    for (String target : List.of(".", "..", "/")) {
      assertThatThrownBy(() -> staging.forTarget("x", Path.of(target), OVERWRITE))
          .hasMessageEndingWith(
              "is or contains the project's own folder. Choose a folder inside the project, such"
                  + " as out/x, or elsewhere.");
    }
    assertRefused(
        ErrorCode.OUTPUT_INVALID,
        "Output path .kindling/tmp/x of table 'x' is in the folder that Kindling keeps for itself."
            + " Choose another path, such as out/x.",
        new OutputTarget("x", Path.of(".kindling/tmp/x"), OVERWRITE));
  }

  @Test
  void refusesAMountedFolderThatCannotBeSwapped() throws IOException {
    Path mounted = Path.of("/dev");
    assumeFalse(!MountPoints.isMountPoint(mounted), "/dev is mounted");

    assertThatThrownBy(() -> staging.forTarget("x", mounted, OVERWRITE))
        .hasMessage(
            "Output path /dev of table 'x' is where a file system is mounted, so it cannot be"
                + " swapped for a new version. Choose a folder inside it, such as /dev/x.");
  }

  @Test
  void refusesFoldersThatCannotBeWritten() throws IOException {
    Path locked = Files.createDirectories(root.resolve("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(locked), "this user may write everywhere");

    assertRefused(
        ErrorCode.FILE_ACCESS,
        "Cannot write table 'x': user '"
            + System.getProperty("user.name")
            + "' may not write to locked. Give that user the right to it, or choose another path.",
        new OutputTarget("x", Path.of("locked/x"), OVERWRITE));
  }

  @Test
  void refusesOutputsThatOverlapAndReportsAllProblemsAtOnce() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("out"));
    Files.createDirectory(root.resolve("out"));

    List<KindlingException> problems =
        Staging.check(
            lock.project(),
            List.of(
                new OutputTarget("a", Path.of("out/x"), OVERWRITE),
                new OutputTarget("b", Path.of("link/x"), APPEND),
                new OutputTarget("c", Path.of("out/x/inside"), OVERWRITE),
                new OutputTarget("d", Path.of("out"), OVERWRITE),
                new OutputTarget("e", Path.of("out/y"), OVERWRITE)));

    assertThat(problems)
        .extracting(Throwable::getMessage)
        .containsExactly(
            "Output path out/x of table 'b' is taken: table 'a' is written there too. Give each"
                + " table a folder of its own.",
            "Output path out/x/inside of table 'c' is taken: it lies inside the output of table"
                + " 'a'. Give each table a folder of its own.",
            "Output path out of table 'd' is taken: the output of table 'a' lies inside it. Give"
                + " each table a folder of its own.");
    assertThat(root.resolve("out")).isEmptyDirectory();
  }

  @Test
  void stagesBesideWhatALinkPointsTo() throws IOException {
    Path disk = Files.createDirectory(temporary.toRealPath().resolve("disk"));
    Versions.write(disk.resolve("real"), 1);
    Files.createSymbolicLink(root.resolve("link"), disk.resolve("real"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("../disk/later"));

    assertThat(staging.forTarget("x", Path.of("link"), OVERWRITE).orElseThrow().target())
        .isEqualTo(disk.resolve("real"));
    StagedOutput later = staging.forTarget("y", Path.of("dangling"), OVERWRITE).orElseThrow();
    assertThat(later.target()).isEqualTo(disk.resolve("later"));
    assertThat(later.staging()).hasParentRaw(disk).isDirectory();
  }

  @Test
  void refusesALinkThatLeadsToItself() throws IOException {
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

    assertThatThrownBy(() -> staging.forTarget("x", Path.of("loop"), OVERWRITE))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("a symbolic link leads back to itself");
  }

  @Test
  void shortensLongNames() throws IOException {
    String name = "ü".repeat(120);
    StagedOutput output = staging.forTarget("x", Path.of(name), OVERWRITE).orElseThrow();
    Versions.write(output.staging(), 1);
    Publisher.publish(lock, run, List.of(output));

    assertThat(root.resolve(name)).isDirectory();
    assertThatThrownBy(() -> staging.forTarget("y", Path.of("ü".repeat(200)), OVERWRITE))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("the name is too long for the file system");
  }

  private void assertRefused(ErrorCode code, String message, OutputTarget output) {
    assertThat(Staging.check(lock.project(), List.of(output)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem).hasMessage(message);
              assertThat(problem.code()).isEqualTo(code);
            });
    assertThatThrownBy(() -> staging.forTarget(output.table(), output.target(), output.mode()))
        .hasMessage(message);
  }
}
