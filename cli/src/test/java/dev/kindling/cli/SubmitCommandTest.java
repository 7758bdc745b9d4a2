package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.cli.Cli.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a submission before a process is started; a real cluster is e2e's. */
class SubmitCommandTest {
  @TempDir Path folder;

  private void refused(int exitCode, String message, String... args) {
    Result result = Cli.launch(Map.of("KINDLING_STATE", folder.toString()), args);
    assertThat(result.errorOutput()).contains(message);
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  /** A jar with the class of the command line itself, which has a main method. */
  private String jar(Manifest manifest) throws IOException {
    Path file = folder.resolve("app.jar");
    String entry = Main.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
        InputStream content = Main.class.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new ZipEntry(entry));
      content.transferTo(jar);
    }
    return file.toString();
  }

  private static Manifest manifest(String... main) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (String name : main) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
    }
    return manifest;
  }

  @Test
  void missingAndUnreadableFiles() throws IOException {
    refused(2, "There is no file 'nowhere.jar' (the application)", "submit", "nowhere.jar");
    String noJar = Files.writeString(folder.resolve("no.jar"), "text").toString();
    refused(2, "as a jar", "submit", noJar);
    refused(2, "is a folder", "submit", folder.toString());
    String app = jar(manifest(Main.class.getName()));
    refused(2, "There is no file 'more.jar' (spark.jars)", "submit", "--jars", "more.jar", app);
    refused(2, "(--properties-file)", "submit", "--properties-file", "none.conf", app);
    refused(2, "Missing required parameter", "submit");
  }

  @Test
  void noClassToStart() throws IOException {
    refused(
        2,
        "names no main class. Give one with --class (with a main method: "
            + Main.class.getName()
            + ")",
        "submit",
        jar(manifest()));
    refused(2, "There is no class a.B in", "submit", "--class", "a.B", jar(manifest()));
    refused(2, "There is no class c.D in", "submit", jar(manifest("c.D")));
  }

  @Test
  void deadMasterAndWrongTargets() throws IOException {
    String app = jar(manifest(Main.class.getName()));
    refused(5, "No master of target", "submit", "--master", "spark://127.0.0.1:1", app);
    refused(2, "Unknown target 'nowhere'", "submit", "--target", "nowhere", app);
    refused(
        2, "Unknown target 'nowhere' of spark.master", "submit", "-c", "spark.master=nowhere", app);
    refused(2, "of --deploy-mode", "submit", "--deploy-mode", "clutser", app);
    refused(2, "needs a cluster", "submit", "--deploy-mode", "cluster", app);
    refused(2, "Cannot read the driver's memory", "submit", "--driver-memory", "big", app);
  }

  @Test
  void takenPort() throws IOException {
    String app = jar(manifest(Main.class.getName()));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refused(
          5,
          "Cannot listen on port " + taken.getLocalPort(),
          "submit",
          "--conf=spark.driver.bindAddress=127.0.0.1",
          "--conf=spark.port.maxRetries=0",
          "--conf=spark.driver.port=" + taken.getLocalPort(),
          app);
    }
  }

  @Test
  void pythonNeedsPyspark() throws IOException {
    String app = Files.writeString(folder.resolve("app.py"), "").toString();
    refused(
        5,
        "There is no Python '/nowhere/python'",
        "submit",
        "--conf",
        "spark.pyspark.python=/nowhere/python",
        app);
    refused(2, "Leave it out", "submit", "--deploy-mode", "cluster", app);
  }
}
