package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import dev.kindling.e2e.program.SalesPerShop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's program, submitted to an ordinary Spark with what {@code kindling extension} prints. */
@Tag("suite")
class SessionExtensionTest {
  @TempDir Path folder;

  @Test
  void submittedProgramRunsInDuckDb() throws IOException {
    String settings = Cli.in(folder).run("extension").out().strip();

    Result result = submit(settings);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("Kindling [DuckDB]")
        .contains(
            "row [0,124500.00]", "row [1,124750.00]", "row [2,125000.00]", "row [3,125250.00]");
  }

  @Test
  void settingsComeInThreeForms() {
    assertThat(Cli.in(folder).run("extension", "--form", "properties").out())
        .contains("spark.sql.extensions  dev.kindling.spark.extension.KindlingExtension")
        .containsPattern("spark.jars .*duckdb_jdbc");
    assertThat(Cli.in(folder).run("extension", "--form", "python").out())
        .contains(".config(\"spark.sql.extensions\",");
    assertThat(Cli.in(folder).run("extension", "--form", "yaml").err())
        .contains("Unknown value 'yaml' of --form (accepted: submit, properties, python)");
  }

  /** Spark's own spark-submit, on a class path without a jar of ours. */
  private Result submit(String settings) throws IOException {
    Path lib = Cli.dist().resolve("lib");
    String sparkOnly;
    try (Stream<Path> jars = Files.list(lib)) {
      sparkOnly =
          jars.filter(jar -> jar.toString().endsWith(".jar"))
              .filter(jar -> !jar.getFileName().toString().matches("(kindling|duckdb).*"))
              .map(Path::toString)
              .collect(Collectors.joining(":"));
    }
    Path script = folder.resolve("submit.sh");
    LauncherTest.script(
        script,
        "exec java %s -cp '%s' org.apache.spark.deploy.SparkSubmit --master 'local[2]' %s --class %s %s %s"
            .formatted(
                String.join(" ", List.of(JavaModuleOptions.defaultModuleOptionArray())),
                sparkOnly,
                "--conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 " + settings,
                SalesPerShop.class.getName(),
                jar(),
                folder));
    return Cli.program(script, folder).run();
  }

  private Path jar() throws IOException {
    String name = SalesPerShop.class.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("program.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream bytes = SalesPerShop.class.getResourceAsStream("SalesPerShop.class")) {
      out.putNextEntry(new JarEntry(name));
      bytes.transferTo(out);
    }
    return jar;
  }
}
