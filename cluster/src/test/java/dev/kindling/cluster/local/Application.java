package dev.kindling.cluster.local;

import dev.kindling.model.process.LogTail;
import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A class of these tests, run as a user's application by Spark's own spark-submit. */
final class Application {
  private static final long DEADLINE_SECONDS = 180;

  private final Process process;
  private final Path log;

  private Application(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Submits it in client mode and returns while it runs.
   *
   * @param folder of its own
   */
  static Application submit(
      Path properties, Map<String, String> conf, Class<?> main, Path folder, String... args) {
    return submitAs(Optional.empty(), properties, conf, main, folder, args);
  }

  /** Like the other, by a user whom the environment names. */
  static Application submitAs(
      Optional<String> user,
      Path properties,
      Map<String, String> conf,
      Class<?> main,
      Path folder,
      String... args) {
    try {
      Files.createDirectories(folder);
      Path log = folder.resolve("driver.log");
      List<String> command = new ArrayList<>();
      SparkInstallation spark = SparkInstallation.ofThisProcess();
      command.add(spark.java().toString());
      command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.addAll(SparkInstallation.moduleOptions());
      command.addAll(List.of("-cp", spark.classPathArgument()));
      command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--properties-file"));
      command.add(properties.toString());
      conf.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
      command.addAll(List.of("--executor-memory", "512m"));
      command.addAll(List.of("--class", main.getName(), jar(main, folder).toString()));
      command.addAll(List.of(args));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      user.ifPresent(name -> builder.environment().put("SPARK_USER", name));
      return new Application(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Class<?> main, Path folder) throws IOException {
    Path jar = folder.resolve("application.jar");
    List<Class<?>> classes = new ArrayList<>(List.of(main.getDeclaredClasses()));
    classes.add(main);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> one : classes) {
        String entry = one.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        try (java.io.InputStream in = main.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Writes a byte to its standard input. */
  void goOn() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end and fails when that is no good one. */
  void awaitSuccess() {
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The application did not end." + LogTail.quote(log, 60));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "The application ended with " + process.exitValue() + LogTail.quote(log, 60));
    }
  }
}
