package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStateFileTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");
  private static final ClusterState STATE =
      new ClusterState(
          "test",
          NOON,
          "127.0.0.1",
          "spark://127.0.0.1:7077",
          true,
          List.of(
              new Member(Daemon.zooKeeper("127.0.0.1", 2181), new ProcessIdentity(10, NOON)),
              new Member(
                  Daemon.master("master", "127.0.0.1", 7077, 8080, OptionalInt.of(6066)),
                  new ProcessIdentity(11, NOON)),
              new Member(
                  Daemon.worker(1, "127.0.0.2", 7078, 8081, new WorkerSize(2, 3L << 30)),
                  new ProcessIdentity(12, NOON)),
              new Member(Daemon.history("127.0.0.1", 18080), new ProcessIdentity(13, NOON))));

  @TempDir Path root;
  private ClusterFolder folder;
  private ClusterStateFile file;

  @BeforeEach
  void makeFolder() {
    folder = ClusterFolder.of(root, "test");
    folder.create();
    file = new ClusterStateFile(folder);
  }

  @Test
  void readsWhatItWrote() {
    file.write(STATE);

    assertThat(file.read()).contains(STATE);
  }

  @Test
  void isForItsOwnerOnlyAndNamesTheFilesThatOthersNeed() throws IOException {
    file.write(STATE);

    assertThat(Files.getPosixFilePermissions(folder.stateFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.path()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.readString(folder.stateFile()))
        .contains(
            "\"version\" : 1",
            folder.secretProperties().toString(),
            folder.log("worker-1").toString(),
            "http://127.0.0.2:8081");
  }

  @Test
  void isEmptyWhereThereIsNoCluster() {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithADamagedFile() throws IOException {
    file.write(STATE);
    String text = Files.readString(folder.stateFile());

    refuses(text.substring(0, text.length() / 2), "Unexpected end-of-input");
    refuses(text.replace("\"version\" : 1", "\"version\" : 9"), "its version is 9 (accepted: 1)");
    refuses(text.replace("\"pid\" : 12", "\"pid\" : \"x\""), "'pid' is missing or no whole number");
    refuses(text.replace("\"role\" : \"worker\"", "\"role\" : \"boss\""), "BOSS");
    refuses("[]", "its version is missing");
    refuses("", "its version is missing");
  }

  private void refuses(String content, String reason) throws IOException {
    Files.writeString(folder.stateFile(), content);
    assertThatThrownBy(file::read)
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(folder.stateFile().toString())
        .hasMessageContaining("delete that file")
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(ErrorCode.RECORD_INVALID);
  }
}
