package dev.kindling.model.process;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where this installation's Spark lies, and which Java runs it.
 *
 * @param javaHome the Java installation
 * @param classPath Spark and what it needs, absolute; in a distribution one jar that names the
 *     others
 * @param archive class-data archive made for this class path, which halves the start of a process;
 *     one that does not fit is ignored by Java
 * @param environment variables that its processes need beside this process's own
 */
public record SparkInstallation(
    Path javaHome, List<Path> classPath, Optional<Path> archive, Map<String, String> environment) {
  /**
   * The packages that Spark 4.0 reaches into, the same for Java 17 and 21: those of Spark's own
   * {@code JavaModuleOptions}. Its incubating vector module is left out: only linear algebra uses
   * it, it prints a warning, and it keeps the class-data archive's module graph from being used.
   */
  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  public SparkInstallation {
    requireNonNull(javaHome, "javaHome is null");
    classPath = classPath.stream().map(Path::toAbsolutePath).toList();
    requireNonNull(archive, "archive is null");
    environment = Map.copyOf(environment);
  }

  /** One whose processes need no variables. */
  public SparkInstallation(Path javaHome, List<Path> classPath, Optional<Path> archive) {
    this(javaHome, classPath, archive, Map.of());
  }

  /**
   * The one that this process belongs to. A distribution names the class path and the archive in
   * system properties; in a development tree the class path is this process's own.
   */
  public static SparkInstallation ofThisProcess() {
    String classPath =
        System.getProperty("kindling.spark.classpath", System.getProperty("java.class.path"));
    return new SparkInstallation(
        Path.of(System.getProperty("java.home")),
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList(),
        Optional.ofNullable(System.getProperty("kindling.spark.archive")).map(Path::of));
  }

  /** The same with more behind its class path. */
  public SparkInstallation with(List<Path> jars) {
    List<Path> all = new ArrayList<>(classPath);
    all.addAll(jars);
    return new SparkInstallation(javaHome, all, archive, environment);
  }

  /** The program that starts a virtual machine. */
  public Path java() {
    Path bin = javaHome.resolve("bin");
    Path windows = bin.resolve("java.exe");
    return Files.exists(windows) ? windows : bin.resolve("java");
  }

  /** The class path as an argument of {@code -cp}. */
  public String classPathArgument() {
    return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The options without which Spark does not run on Java 17 and 21. */
  public static List<String> moduleOptions() {
    List<String> options = new ArrayList<>();
    for (String name : OPENS) {
      options.add("--add-opens=" + name + "=ALL-UNNAMED");
    }
    options.add("-Djdk.reflect.useDirectMethodHandle=false");
    options.add("-Dio.netty.tryReflectionSetAccessible=true");
    return options;
  }
}
