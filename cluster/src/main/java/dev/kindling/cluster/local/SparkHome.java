package dev.kindling.cluster.local;

import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The least SPARK_HOME from which a Worker starts executors and drivers: {@code jars/} with one jar
 * that names all others, links to those in {@code lib/}, and an empty {@code conf/}. Applications
 * find there what any Spark of this version has, and nothing of Kindling.
 */
final class SparkHome {
  private static final String JAR = ".jar";

  /** What an installation has on Spark's class path that is not Spark's. */
  private static final List<String> NOT_SPARKS = List.of("kindling-", "duckdb_jdbc-", "picocli-");

  private SparkHome() {}

  static void make(Path home, SparkInstallation installation) {
    try {
      Path lib = Files.createDirectories(home.resolve("lib"));
      Path jars = Files.createDirectories(home.resolve("jars"));
      Files.createDirectories(home.resolve("conf"));
      StringBuilder classPath = new StringBuilder();
      for (Map.Entry<String, Path> jar : jars(installation.classPath()).entrySet()) {
        link(lib.resolve(jar.getKey()), jar.getValue());
        classPath.append(classPath.isEmpty() ? "" : " ").append("../lib/").append(jar.getKey());
      }
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath.toString());
      try (OutputStream file = Files.newOutputStream(jars.resolve("spark.jar"))) {
        new JarOutputStream(file, manifest).close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark's jars by name, in the order of the class path, with those that a jar names. */
  static Map<String, Path> jars(List<Path> classPath) throws IOException {
    Map<String, Path> jars = new LinkedHashMap<>();
    for (Path entry : classPath) {
      if (entry.toString().endsWith(JAR) && Files.isRegularFile(entry)) {
        List<Path> named = named(entry);
        for (Path jar : named.isEmpty() ? List.of(entry) : named) {
          String name = jar.getFileName().toString();
          if (NOT_SPARKS.stream().noneMatch(name::startsWith)) {
            jars.putIfAbsent(name, jar);
          }
        }
      }
    }
    return jars;
  }

  /** The jars that lie beside a jar and are named in it as its class path. */
  private static List<Path> named(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      // A library may name others too. Only a jar without classes stands for a whole class path.
      if (manifest == null || file.stream().anyMatch(e -> e.getName().endsWith(".class"))) {
        return List.of();
      }
      String text = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      List<Path> named = new ArrayList<>();
      for (String name : text == null ? new String[0] : text.split(" ")) {
        Path path = jar.resolveSibling(name);
        if (!name.isEmpty() && Files.isRegularFile(path)) {
          named.add(path);
        }
      }
      return named;
    }
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException e) {
      // Made by an earlier start of this cluster from the same installation.
      return;
    } catch (UnsupportedOperationException e) {
      Files.copy(target, link);
    }
  }
}
