package dev.kindling.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.extension.KindlingExtension;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's own {@code SQLQueryTestSuite}, whose expected answers Spark's developers wrote down, with
 * the session extension taking all that it can. What fails is listed with its reason in {@code
 * goldens/expected-failures.txt}: a line {@code name # reason} for each test.
 */
@Tag("goldens")
class GoldenAnswersTest {
  private static final String SUITE = "org.apache.spark.sql.SQLQueryTestSuite";
  private static final Pattern OUTCOME = Pattern.compile("- (.*?)( \\*\\*\\* FAILED \\*\\*\\*)?");
  private static final String IGNORED = "!!! IGNORED !!!";

  @TempDir Path folder;

  @Test
  void sparksOwnSuitePassesAsItDoesWithoutTheExtension() throws IOException, InterruptedException {
    JarFile tests = testsOfSpark();
    Path resources = folder.resolve("home/sql/core/src/test/resources");
    unpack(tests, resources);
    Path log = Path.of("target/goldens.log");

    Set<String> passed = new TreeSet<>();
    Set<String> failed = new TreeSet<>();
    Process process =
        new ProcessBuilder(command(tests, resources)).redirectErrorStream(true).start();
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.println(line);
        Matcher outcome = OUTCOME.matcher(line);
        if (outcome.matches() && !line.endsWith(IGNORED)) {
          (outcome.group(2) == null ? passed : failed).add(outcome.group(1));
        }
      }
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();

    System.out.printf("%d files pass, %d fail%n", passed.size(), failed.size());
    assertThat(passed).as("the whole suite runs, see %s", log).hasSizeGreaterThan(500);
    assertThat(failed).as("see %s", log).isEqualTo(expectedFailures());
  }

  private static Set<String> expectedFailures() throws IOException {
    try (InputStream in =
        GoldenAnswersTest.class.getResourceAsStream("/goldens/expected-failures.txt")) {
      Set<String> names = new TreeSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceAll("#.*", "").strip())
          .filter(name -> !name.isEmpty())
          .forEach(names::add);
      return names;
    }
  }

  private static JarFile testsOfSpark() throws IOException {
    URL suite =
        GoldenAnswersTest.class.getClassLoader().getResource(SUITE.replace('.', '/') + ".class");
    assertThat(suite).as("Spark's tests are on the class path of the profile goldens").isNotNull();
    JarURLConnection connection = (JarURLConnection) suite.openConnection();
    return connection.getJarFile();
  }

  private static void unpack(JarFile jar, Path target) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      boolean wanted =
          entry.getName().startsWith("sql-tests/") || entry.getName().startsWith("test-data/");
      if (wanted && !entry.isDirectory()) {
        Path file = target.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
  }

  private List<String> command(JarFile tests, Path resources) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkInstallation.moduleOptions());
    command.addAll(
        List.of(
            "-Xmx3g",
            "-Xss8m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=512m",
            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
            "-Dspark.test.home=" + folder.resolve("home"),
            "-Dspark.testing=true",
            "-Dspark.sql.extensions=" + KindlingExtension.class.getName(),
            "-Dspark.kindling.take=all"));
    // The suite lists its input files as files, before it asks its jar for them.
    command.addAll(
        List.of("-cp", resources + File.pathSeparator + System.getProperty("java.class.path")));
    command.addAll(
        List.of("org.scalatest.tools.Runner", "-R", tests.getName(), "-s", SUITE, "-oW"));
    return command;
  }
}
