package dev.kindling.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {
  @TempDir Path root;

  private ProjectDirectory project;

  @BeforeEach
  void createProject() {
    project = ProjectDirectory.of(root);
  }

  @Test
  void refusesASecondRunOfTheSameProcessAndNamesTheFirst() {
    ProjectLock first = ProjectLock.acquire(project, "kindling run");

    assertThatThrownBy(() -> ProjectLock.acquire(project, "kindling compare"))
        .isInstanceOfSatisfying(
            KindlingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT_LOCKED);
              assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
            })
        .hasMessageMatching(
            "Another run holds this project: `kindling run` \\(pid "
                + ProcessHandle.current().pid()
                + ", since \\d\\d:\\d\\d:\\d\\d\\)\\. Wait for it, or stop it\\.");

    first.close();
    ProjectLock second = ProjectLock.acquire(project, "kindling compare");
    // closing the first again must not free what the second has
    first.close();
    assertThatThrownBy(() -> ProjectLock.acquire(project, "kindling run"))
        .hasMessageContaining("`kindling compare`");
    second.close();
  }

  @Test
  void refusesAProjectThatIsReachedThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(root.resolve("link"), root);
    try (ProjectLock lock = ProjectLock.acquire(project, "kindling run")) {
      assertThatThrownBy(() -> ProjectLock.acquire(ProjectDirectory.of(link), "kindling run"))
          .isInstanceOf(KindlingException.class)
          .hasMessageContaining("Another run holds this project");
      assertThat(lock.project()).isSameAs(project);
    }
  }

  @Test
  @Timeout(60)
  void isHeldByAnotherProcessUntilThatIsKilled() throws Exception {
    Process holder = ChildJava.start(LockHolder.class, root.toString());
    try {
      String run =
          new BufferedReader(new InputStreamReader(holder.getInputStream(), UTF_8)).readLine();
      assertThat(run).isNotNull();
      Path temporary = project.tmp().resolve(run);
      assertThat(temporary).isNotEmptyDirectory();

      assertThatThrownBy(() -> ProjectLock.acquire(project, "kindling run"))
          .isInstanceOf(KindlingException.class)
          .hasMessageContaining("`kindling run` (pid " + holder.pid() + ", since ");
      // a refused attempt must not take the lock from its holder
      assertThatThrownBy(() -> ProjectLock.acquire(project, "kindling run"))
          .hasMessageContaining("(pid " + holder.pid());

      holder.destroyForcibly();
      assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
      try (ProjectLock lock = ProjectLock.acquire(project, "kindling run")) {
        assertThat(Recovery.recover(lock))
            .extracting(RecoveredAction::text)
            .containsExactly("Removed the temporary files of run " + run);
      }
      assertThat(temporary).doesNotExist();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void doesNotNeedToKnowTheHolder() throws IOException {
    try (ProjectLock lock = ProjectLock.acquire(project, "kindling run")) {
      Files.write(lock.project().folder().resolve("lock.json"), new byte[] {'{'});
      assertThatThrownBy(() -> ProjectLock.acquire(project, "kindling run"))
          .hasMessage("Another run holds this project. Wait for it, or stop it.");
    }
  }
}
