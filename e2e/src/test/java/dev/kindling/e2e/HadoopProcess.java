package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with servers of Hadoop's own. */
final class HadoopProcess implements AutoCloseable {
  private final Process process;
  private final Path conf;

  private HadoopProcess(Process process, Path conf) {
    this.process = process;
    this.conf = conf;
  }

  /**
   * Starts one and returns when it is up.
   *
   * @param main a class of the module {@code spark35}
   * @param site the name of the file of settings that it writes then
   * @param folder of its own
   */
  static HadoopProcess start(String main, String site, Path folder) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Path log = folder.resolve("log");
    Process process =
        Spark35.java(
                folder,
                List.of(Spark35.made("classes"), Spark35.made("hadoop/*")),
                "dev.kindling.spark35." + main,
                conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Until.holds(() -> Files.exists(conf.resolve(site)) || !process.isAlive(), main + " is up");
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    return new HadoopProcess(process, conf);
  }

  /** The folder with its settings. */
  Path conf() {
    return conf;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
