package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  private Process process;

  @BeforeEach
  void start() throws IOException {
    // A shell that starts a child, says its number, and becomes a program that never collects it.
    process = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
  }

  @AfterEach
  void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Test
  void livesUntilTheProcessEnds() throws InterruptedException {
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    assertThat(identity.isAlive()).isTrue();

    identity.terminate();
    process.waitFor();

    assertThat(identity.isAlive()).isFalse();
  }

  @Test
  void anotherProcessOfTheSameIdIsNotIt() {
    ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
    ProcessIdentity earlier =
        new ProcessIdentity(identity.pid(), identity.startedAt().minusSeconds(60));

    assertThat(earlier.isAlive()).isFalse();
    earlier.kill();
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void aProcessThatNobodyCollectedIsDead() throws IOException {
    // Until it has become the program that collects nothing, the shell still collects the child.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> process.info().arguments().filter(this::isSleeper).isPresent());
    long child =
        Long.parseLong(
            new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine());
    ProcessIdentity identity = ProcessIdentity.of(ProcessHandle.of(child).orElseThrow());
    assertThat(identity.isAlive()).isTrue();

    identity.kill();

    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !identity.isAlive());
    assertThat(ProcessHandle.of(child)).isPresent();
  }

  private boolean isSleeper(String[] arguments) {
    return arguments.length == 1 && arguments[0].equals("60");
  }
}
