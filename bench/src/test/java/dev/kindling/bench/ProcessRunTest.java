package dev.kindling.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunTest {
  @TempDir Path temp;

  @Test
  void outputAndTimesOfAProcessAndItsChildrenAreTaken() {
    ProcessRun run =
        shell("echo first; sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; echo last");
    assertThat(run.stdout()).isEqualTo("first\nlast\n");
    assertThat(run.firstOutputMillis()).isLessThan(run.wallMillis());
    run.cpuMillis().ifPresent(cpu -> assertThat(cpu).isGreaterThan(0));
  }

  @Test
  void aProcessThatFailsIsAnErrorWithItsLastWords() {
    assertThatThrownBy(() -> shell("echo no disk >&2; exit 7"))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("no disk");
  }

  @Test
  void aCommandThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> ProcessRun.of(List.of("/no/such/command"), temp, temp.resolve("log")))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("/no/such/command");
  }

  private ProcessRun shell(String script) {
    return ProcessRun.of(List.of("sh", "-c", script), temp, temp.resolve("log"));
  }
}
