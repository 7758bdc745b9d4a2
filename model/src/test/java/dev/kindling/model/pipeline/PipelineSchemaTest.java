package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSON Schema for editors says what the reader says. */
class PipelineSchemaTest {
  private static final Path PAGES = Path.of("../docs/reference");
  private static final Path CASES = Path.of("src/test/resources/pipeline/bad-pipelines.txt");

  private final YAMLMapper yaml = new YAMLMapper();
  private JsonNode root;
  private JsonSchema schema;

  @BeforeEach
  void schema() throws IOException {
    root = new ObjectMapper().readTree(PAGES.resolve("pipeline-file.schema.json").toFile());
    schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root);
  }

  @Test
  void itHasTheKeysOfTheReader() {
    assertThat(keys(root)).containsExactlyElementsOf(PipelineParser.KEYS);
    assertThat(keys("table")).containsExactlyElementsOf(TableParser.KEYS);
    assertThat(keys("read")).containsExactlyElementsOf(TableParser.READ_KEYS);
    assertThat(keys("write")).containsExactlyElementsOf(TableParser.WRITE_KEYS);
    assertThat(keys("java")).containsExactlyElementsOf(JavaParser.KEYS);
    assertThat(keys("expectation")).containsExactlyElementsOf(ExpectationParser.KEYS);
    assertThat(keys("runs")).containsExactlyElementsOf(RunSettingsParser.KEYS);
    assertThat(keys("target")).containsExactlyElementsOf(TargetParser.KEYS);
    assertThat(keys("test")).containsExactlyElementsOf(TestParser.KEYS);
    assertThat(keys("given")).containsExactlyElementsOf(TestParser.GIVEN_KEYS);
    assertThat(keys("expected")).containsExactlyElementsOf(TestParser.EXPECT_KEYS);
    assertThat(texts(def("read").get("properties").get("format").get("enum")))
        .containsExactlyElementsOf(KnownFormats.FORMATS);
  }

  @Test
  void examplesFit() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> pages = Files.list(PAGES);
        Stream<Path> examples = Files.list(Path.of("../examples"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
        Matcher block =
            Pattern.compile("(?s)```yaml\n(pipeline:.*?)```").matcher(Files.readString(page));
        while (block.find()) {
          files.add(block.group(1));
        }
      }
      for (Path example : examples.map(p -> p.resolve("kindling.yaml")).toList()) {
        if (Files.exists(example)) {
          files.add(Files.readString(example));
        }
      }
    }
    assertThat(files).hasSizeGreaterThan(7);
    for (String file : files) {
      assertThat(problems(yaml.readTree(file))).as(file).isEmpty();
    }
  }

  @Test
  void unknownKeysAndWrongTypesDoNotFit() throws IOException {
    int found = 0;
    for (String section : Files.readString(CASES).substring("== ".length()).split("(?m)^== ")) {
      int problems = section.indexOf("\n--\n");
      boolean shape =
          Pattern.compile("error PIPELINE_(UNKNOWN_KEY: Unknown key|TYPE|MISSING_KEY: (No r|Key))")
              .matcher(section.substring(problems))
              .find();
      if (!shape) {
        continue;
      }
      JsonNode file;
      try {
        file = yaml.readTree(section.substring(section.indexOf('\n') + 1, problems));
      } catch (JsonProcessingException e) {
        continue;
      }
      found++;
      assertThat(problems(file)).as(section).isNotEmpty();
    }
    assertThat(found).isGreaterThan(15);
  }

  private JsonNode def(String name) {
    return root.get("$defs").get(name);
  }

  private List<String> keys(String name) {
    return keys(def(name));
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private List<String> problems(JsonNode value) {
    return schema.validate(value).stream().map(ValidationMessage::getMessage).toList();
  }
}
