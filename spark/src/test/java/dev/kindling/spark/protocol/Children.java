package dev.kindling.spark.protocol;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Real Spark processes for the tests; one is shared by all classes, for each costs seconds. */
final class Children {
  private static final Path FOLDER = folder();
  private static SparkProcess shared;

  private Children() {}

  /** The shared process with a fresh session. */
  static synchronized SparkProcess fresh(Map<String, String> conf) {
    if (shared == null) {
      shared = SparkProcess.start(settings(FOLDER.resolve("shared")));
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    shared.open(conf).orThrow();
    return shared;
  }

  static SparkProcess fresh() {
    return fresh(Map.of());
  }

  static SparkSettings settings(Path folder) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return SparkSettings.of(classPath, folder.resolve("scratch"), folder.resolve("spark.log"))
        .withHeapBytes(768L << 20)
        .withJvmOptions(List.of("-XX:TieredStopAtLevel=1"));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target"), "spark-children").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
