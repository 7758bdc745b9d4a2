package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.Cli.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kindling run} as a process, when things go wrong around it. */
class RunTest {
  private static final String ENDLESS =
      """
      pipeline: endless
      tables:
        small:
          sql: SELECT id FROM range(10)
          write: { format: parquet, path: out/small, mode: overwrite }
        endless:
          sql: SELECT s.id, t.n FROM small s CROSS JOIN (%s) t
          write: { format: parquet, path: out/endless, mode: overwrite }
      """
          .formatted(Native.ENDLESS);

  private static final String LARGE =
      """
      pipeline: large
      tables:
        large:
          sql: SELECT id, md5(CAST(id AS STRING)) AS text FROM range(1000000)
          write: { format: parquet, path: out/large, mode: overwrite }
      """;

  @TempDir Path folder;

  private static Path project(Path folder, String pipeline) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("kindling.yaml"), pipeline);
    return folder;
  }

  @Test
  void theExampleRunsAndPrintsWhereItsReportLies() throws IOException {
    Path project = folder.resolve("revenue");
    Folders.copy(Cli.root().resolve("examples/revenue"), project);
    Result result = Cli.in(folder).run("run", "revenue");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out() + result.err()).contains("report.html");
    assertThat(Folders.names(project.resolve("out")))
        .containsExactly("best_customers", "monthly", "sales", "trend");
    Path run = project.resolve(".kindling/runs");
    assertThat(Folders.names(run.resolve(Folders.names(run).get(0)).resolve("quarantine")))
        .containsExactly("clean", "orders", "sales");
  }

  @Test
  void ctrlCPublishesNothing() throws IOException {
    Path project = project(folder.resolve("p"), ENDLESS);
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Running running = Cli.in(project).with("TMPDIR", temporary.toString()).start("", "run", ".");
    Until.holds(() -> Native.running(temporary), "something runs natively");
    running.signalAll("INT");
    Result result = running.await();
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(130);
    assertThat(Folders.names(project.resolve("out"))).isEmpty();
    assertThat(Cli.in(project).run("check", ".", "--fast").exitCode()).isZero();
  }

  @Test
  void aFullDiskIsToldAndPublishesNothing() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    int mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start()
            .waitFor();
    assumeTrue(mounted == 0, "needs the right to mount a small file system");
    try {
      Path project = project(disk.resolve("p"), LARGE);
      Result result = Cli.in(project).run("run", ".");
      assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(5);
      assertThat(result.err()).containsIgnoringCase("space");
      assertThat(Folders.names(project.resolve("out"))).isEmpty();
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }
}
