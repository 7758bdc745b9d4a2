package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that are handed out, on a machine that has none of the rest. */
@Tag("release")
class ReleaseTest {
  private static final Path MADE = Cli.dist().getParent();

  @TempDir static Path folder;
  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    Path target = Files.createDirectories(folder.resolve("pröfile folder"));
    assertThat(shell("tar -xzf '" + file(".tar.gz") + "' -C '" + target + "'").exitCode()).isZero();
    assertThat(Folders.names(target)).hasSize(1);
    home = target.resolve(Folders.names(target).get(0));
  }

  @Test
  void checkSumsAreThoseOfTheFiles() throws IOException {
    Result result = shell("cd '" + MADE + "' && sha256sum --check --strict *.sha256");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(".tar.gz: OK", "-sbom.json: OK");
  }

  @Test
  void whatIsUnpackedRunsWithoutHomeThroughALinkAndFromAnywhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("k"), home.resolve("bin/kindling"));
    Result result =
        shell(
            ("cd / && env -i PATH=/usr/bin:/bin JAVA_HOME='%s' KINDLING_ARCHIVES=off"
                    + " '%s' sql -e 'SELECT id * 2 AS n FROM range(3)'")
                .formatted(System.getProperty("java.home"), link));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("0\n2\n4\n");
  }

  @Test
  void theBillOfMaterialsNamesEveryJar() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(file("-sbom.json").toFile());
    Set<String> named = new TreeSet<>();
    for (JsonNode component : bill.get("components")) {
      named.add(component.get("name").asText() + "-" + component.get("version").asText());
    }
    Set<String> jars = new TreeSet<>();
    for (String lib : Set.of("lib", "lib/kubernetes")) {
      Folders.names(home.resolve(lib)).stream()
          .filter(name -> name.endsWith(".jar"))
          // The class paths, which have no code.
          .filter(name -> !name.equals("kindling.jar") && !name.endsWith("-classpath.jar"))
          .map(name -> name.substring(0, name.length() - ".jar".length()))
          .forEach(jars::add);
    }
    assertThat(jars).hasSizeGreaterThan(150);
    assertThat(
            jars.stream()
                .filter(jar -> named.stream().noneMatch(jar::startsWith))
                .collect(Collectors.toSet()))
        .isEmpty();
  }

  private static Path file(String ending) throws IOException {
    try (Stream<Path> files = Files.list(MADE)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("kindling-"))
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Result shell(String line) throws IOException {
    Path script = folder.resolve("command.sh");
    LauncherTest.script(script, line);
    return Cli.program(script, folder).run();
  }
}
