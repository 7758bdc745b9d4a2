package dev.kindling.cluster.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.kindling.cluster.sizing.ClusterShape;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.cluster.sizing.Workload;
import dev.kindling.model.ByteSize;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Properties;

/** Files that were made, and what else understands them. */
final class Made {
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Map<String, DeployFile> files = new LinkedHashMap<>();

  private Made(List<DeployFile> files) {
    files.forEach(file -> this.files.put(file.name(), file));
  }

  static Made of(DeployKind kind, int nodes, int cores, long gib, DeployOptions options) {
    return of(kind, request(nodes, cores, gib, Workload.ETL), options);
  }

  static Made of(DeployKind kind, SizingRequest request, DeployOptions options) {
    return new Made(DeployFiles.of(kind, request, options));
  }

  static SizingRequest request(int nodes, int cores, long gib, Workload workload) {
    return new SizingRequest(
        new ClusterShape(nodes, cores, gib * ByteSize.GIB),
        workload,
        dev.kindling.cluster.sizing.Manager.YARN,
        dev.kindling.cluster.sizing.DeployMode.CLUSTER,
        OptionalLong.empty(),
        OptionalDouble.empty(),
        0,
        1,
        ByteSize.GIB);
  }

  static DeployOptions options(String... hosts) {
    return new DeployOptions(List.of(hosts), "spark", Optional.empty(), 0.5);
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }

  String text(String name) {
    assertThat(files).containsKey(name);
    return files.get(name).content();
  }

  JsonNode yaml(String name) throws IOException {
    return YAML.readTree(text(name));
  }

  List<JsonNode> documents(String name) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(text(name))) {
      return documents.readAll();
    }
  }

  Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text(name)));
    return properties;
  }

  Path writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (DeployFile file : files.values()) {
      Path path = Files.writeString(folder.resolve(file.name()), file.content());
      if (file.executable()) {
        assertThat(path.toFile().setExecutable(true)).isTrue();
      }
    }
    return folder;
  }

  static List<String> list(Iterator<String> texts) {
    List<String> list = new ArrayList<>();
    texts.forEachRemaining(list::add);
    return list;
  }

  /** What a program said, standard output and errors together. */
  record Ran(int exitCode, String output) {}

  /** Runs a program of this machine, without input. */
  static Ran run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  /** A program that prints its name and its arguments, one a line, and what it reads. */
  static void stub(Path bin, String... names) throws IOException {
    Files.createDirectories(bin);
    for (String name : names) {
      Path path =
          Files.writeString(
              bin.resolve(name),
              "#!/bin/sh\necho \"$(basename \"$0\")\"\nfor a in \"$@\"; do echo \"<$a>\"; done\ncat\n");
      assertThat(path.toFile().setExecutable(true)).isTrue();
    }
  }
}
