package dev.kindling.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectDirectoryTest {
  @TempDir Path root;

  @Test
  void createsAHiddenFolderThatGitIgnores() {
    ProjectDirectory project = ProjectDirectory.of(root);

    assertThat(root.resolve(".kindling/.gitignore")).hasContent("*");
    assertThat(root.resolve(".kindling/runs")).doesNotExist();
    assertThat(project.runs()).isDirectory().hasFileName("runs");
    assertThat(project.display(project.root().resolve("out/x"))).isEqualTo("out/x");
    assertThat(project.display(Path.of("/elsewhere"))).isEqualTo("/elsewhere");
  }

  @Test
  void saysWhatIsInTheWay() throws IOException {
    Files.createFile(root.resolve(".kindling"));

    assertThatThrownBy(() -> ProjectDirectory.of(root))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_ACCESS))
        .hasMessageContaining("a file of that name is in the way. Remove or rename it");
  }

  @Test
  void needsAProjectFolder() throws IOException {
    assertThatThrownBy(() -> ProjectDirectory.of(root.resolve("missing")))
        .isInstanceOfSatisfying(
            KindlingException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND))
        .hasMessageContaining("it does not exist. Check the path.");

    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> ProjectDirectory.of(file))
        .hasMessageContaining("as a project: it is a file. Name a folder.");
  }

  @Test
  void newRunsAreUniqueAndSortByTime() {
    Clock stopped = Clock.fixed(Instant.parse("2026-11-21T02:15:00.999Z"), ZoneOffset.UTC);
    ProjectDirectory project = ProjectDirectory.of(root);
    List<RunId> runs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      runs.add(project.newRun(stopped));
    }

    assertThat(runs).isSorted().doesNotHaveDuplicates();
    assertThat(project.runs()).isDirectoryContaining("glob:**/" + runs.get(199));
    assertThat(project.run(runs.get(0))).isEqualTo(project.runs().resolve(runs.get(0).value()));
  }

  @Test
  void aRunIdTellsItsTime() {
    Clock clock = Clock.fixed(Instant.parse("2126-11-21T02:15:00.999Z"), ZoneOffset.UTC);
    String value = RunId.next(clock).value();

    assertThat(value).matches("21261121-021500-f[0-9a-f]{3}");
    assertThat(RunId.isValid(value)).isTrue();
    assertThatThrownBy(() -> new RunId("../x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not a run id: '../x' (accepted: such as 20261121-021500-a1b2)");
  }
}
