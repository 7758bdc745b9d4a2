package dev.kindling.e2e;

import dev.kindling.model.process.SparkInstallation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Spark 3.5 as its users have it, which the build puts into a folder. */
final class Spark35 {
  private Spark35() {}

  /** What {@code spark_home} names. */
  static Path home() {
    return made("spark-home");
  }

  /** Everything that the build made of it. */
  static Path made(String name) {
    return Path.of(System.getProperty("kindling.spark35"), name).normalize();
  }

  /** Starts Java with its jars behind others, in a folder, with what it prints in a log there. */
  static ProcessBuilder java(Path folder, List<Path> before, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkInstallation.moduleOptions());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        Stream.concat(before.stream(), Stream.of(home().resolve("jars/*")))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).directory(Files.createDirectories(folder).toFile());
  }
}
