package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetConfTest {
  @TempDir Path folder;

  private final Map<String, String> settings = new LinkedHashMap<>();

  TargetConfTest() {
    settings.put("spark.executor.memory", "19g");
    settings.put("spark.executor.cores", "5");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("kindling.yaml"), yaml);
  }

  private String changed(String yaml) throws IOException {
    TargetConf.with(file(yaml), "prod", settings).write();
    return Files.readString(folder.resolve("kindling.yaml"));
  }

  @Test
  void replacesAndAddsInABlockAndLeavesAllElseAsItIs() throws IOException {
    assertThat(
            changed(
                """
                # our pipeline
                pipeline: p   # a name
                targets:
                  test: { master: "local[2]", conf: { spark.executor.memory: 1g } }

                  prod:
                    master: "spark://häuser:7077"
                    conf:
                      # was too little
                      spark.executor.memory: '4g'  # per executor
                      spark.speculation: true      # slow disks
                      # the end

                tables:
                  a: { sql: "SELECT '🔥'" }
                """))
        .isEqualTo(
            """
            # our pipeline
            pipeline: p   # a name
            targets:
              test: { master: "local[2]", conf: { spark.executor.memory: 1g } }

              prod:
                master: "spark://häuser:7077"
                conf:
                  # was too little
                  spark.executor.memory: '19g'  # per executor
                  spark.speculation: true      # slow disks
                  spark.executor.cores: 5
                  # the end

            tables:
              a: { sql: "SELECT '🔥'" }
            """);
  }

  @Test
  void replacesAndAddsBetweenBraces() throws IOException {
    assertThat(
            changed(
                """
                emoji: "🔥🔥"
                targets:
                  prod: { master: "spark://h:7077", conf: { spark.executor.cores: "2" } }
                """))
        .isEqualTo(
            """
            emoji: "🔥🔥"
            targets:
              prod: { master: "spark://h:7077", conf: { spark.executor.cores: "5", spark.executor.memory: 19g } }
            """);
  }

  @Test
  void makesTheMappingWhereItIsMissing() throws IOException {
    String added = "      spark.executor.memory: 19g\n      spark.executor.cores: 5\n";
    assertThat(changed("targets:\n  prod:\n    master: m # here\ntables: {}\n"))
        .isEqualTo("targets:\n  prod:\n    master: m # here\n    conf:\n" + added + "tables: {}\n");
    assertThat(changed("targets:\n  prod:\n    conf:\n    master: m\n"))
        .isEqualTo("targets:\n  prod:\n    conf:\n" + added + "    master: m\n");
    assertThat(changed("targets: { prod: { master: m } }"))
        .isEqualTo(
            "targets: { prod: { master: m, conf: { spark.executor.memory: 19g,"
                + " spark.executor.cores: 5 } } }");
    assertThat(changed("targets: { prod: { master: m, conf: {} } }"))
        .isEqualTo(
            "targets: { prod: { master: m, conf: { spark.executor.memory: 19g,"
                + " spark.executor.cores: 5 } } }");
  }

  @Test
  void keepsLineEndsMarkAndPermissions() throws IOException {
    Path file = file("\uFEFFtargets:\r\n  prod:\r\n    master: m");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    TargetConf.with(folder, "prod", settings).write();

    assertThat(Files.readString(file))
        .isEqualTo(
            "\uFEFFtargets:\r\n  prod:\r\n    master: m\r\n    conf:\r\n"
                + "      spark.executor.memory: 19g\r\n      spark.executor.cores: 5");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(folder)
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
  }

  @Test
  void changesNothingTheSecondTime() throws IOException {
    changed("targets:\n  prod:\n    master: m\n");
    TargetConf.Change again = TargetConf.with(folder, "prod", settings);

    assertThat(again.after()).isEqualTo(again.before());
  }

  @Test
  void followsALinkToTheFile() throws IOException {
    Path real = Files.writeString(folder.resolve("real.yaml"), "targets: { prod: {} }\n");
    Files.createSymbolicLink(folder.resolve("kindling.yaml"), real);
    TargetConf.with(folder, "prod", settings).write();

    assertThat(folder.resolve("kindling.yaml")).isSymbolicLink();
    assertThat(real).content().contains("spark.executor.memory: 19g");
  }

  @Test
  void doesNotWriteOverWhatOthersWroteMeanwhile() throws IOException {
    TargetConf.Change change = TargetConf.with(file("targets: { prod: {} }\n"), "prod", settings);
    Path file = file("targets: { prod: {} } # mine\n");

    assertThatThrownBy(change::write).hasMessageContaining("was changed meanwhile");
    assertThat(file).hasContent("targets: { prod: {} } # mine\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets:\n  prod: &p\n    master: m\n  other: *p\n",
        "targets:\n  other: &p { master: m }\n  prod: *p\n",
        "base: &b { master: m }\ntargets:\n  prod:\n    <<: *b\n",
        "targets:\n  prod:\n    conf: [a]\n",
        "targets:\n  prod: text\n",
        "targets:\n  prod:\n    conf:\n      spark.executor.memory: ${memory}\n",
        "targets:\n  prod:\n    conf:\n      spark.executor.memory: &m 4g\n      other: *m\n",
        "targets:\n  prod:\n    conf:\n      spark.executor.memory: [4g]\n",
        "targets:\n  prod:\n    conf:\n      spark.executor.memory: \"4\n        g\"\n",
        "targets:\n  prod:\n    conf: { spark.executor.memory: 4g }\n    conf: {}\n",
        "targets:\n  prod:\n    ? master\n    : m\n"
      })
  void refusesWhatItCannotChangeSafely(String yaml) throws IOException {
    Path file = file(yaml);

    assertThatThrownBy(() -> TargetConf.with(file, "prod", settings))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("Cannot change the settings of target 'prod' safely: ")
        .hasMessageContaining("by hand");
    assertThat(file).hasContent(yaml);
  }

  @Test
  void namesTheTargetsThatThereAre() throws IOException {
    file("targets: { production: {}, test: {} }\n");
    assertThatThrownBy(() -> TargetConf.with(folder, "prodution", settings))
        .hasMessageContaining("has no target 'prodution' (targets: production, test).")
        .hasMessageContaining("Did you mean 'production'?");
    file("pipeline: p\n");
    assertThatThrownBy(() -> TargetConf.with(folder, "prod", settings))
        .hasMessageContaining("it has no targets");
    file("a: [\n");
    assertThatThrownBy(() -> TargetConf.with(folder, "prod", settings))
        .hasMessageContaining("kindling.yaml:");
    assertThatThrownBy(() -> TargetConf.with(folder.resolve("no.yaml"), "prod", settings))
        .hasMessageContaining("does not exist");
  }
}
