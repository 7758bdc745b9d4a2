package dev.kindling.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.process.SparkInstallation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeTest {
  @TempDir Path folder;

  @Test
  void aJarOfRelativeNamesStandsForSparksClassPath() throws IOException {
    Path home = folder.resolve("home");

    SparkHome.make(home, SparkInstallation.ofThisProcess());

    assertThat(home.resolve("conf")).isEmptyDirectory();
    try (JarFile jar = new JarFile(home.resolve("jars/spark.jar").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
          .contains("../lib/spark-core_2.13-")
          .doesNotContain("file:", "kindling-");
    }
    URL[] jars = {home.resolve("jars/spark.jar").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      assertThat(loader.getResource("org/apache/spark/deploy/worker/Worker.class")).isNotNull();
    }
  }

  @Test
  void takesJarsThatAJarNamesAndLeavesKindlingsOwnOut() throws IOException {
    for (String name : new String[] {"a.jar", "b.jar", "kindling-cli-1.jar"}) {
      library(folder.resolve(name));
    }
    Path all = folder.resolve("all.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(Attributes.Name.CLASS_PATH, "kindling-cli-1.jar b.jar a.jar absent.jar");
    new JarOutputStream(Files.newOutputStream(all), manifest).close();

    SparkHome.make(
        folder.resolve("home"),
        new SparkInstallation(
            Path.of(System.getProperty("java.home")),
            java.util.List.of(all, folder),
            Optional.empty()));

    try (JarFile jar = new JarFile(folder.resolve("home/jars/spark.jar").toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
          .isEqualTo("../lib/b.jar ../lib/a.jar");
    }
    assertThat(folder.resolve("home/lib/a.jar")).isRegularFile();
  }

  private static void library(Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry("x/Y.class"));
      jar.closeEntry();
    }
  }
}
