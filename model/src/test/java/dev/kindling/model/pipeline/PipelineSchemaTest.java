package dev.kindling.model.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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

  @BeforeEach
  void schema() throws IOException {
    root = new ObjectMapper().readTree(PAGES.resolve("pipeline-file.schema.json").toFile());
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

  // The part of JSON Schema that this schema uses; an unknown word in it fails.

  private List<String> problems(JsonNode value) {
    List<String> problems = new ArrayList<>();
    check(value, root, "$", problems);
    return problems;
  }

  private void check(JsonNode value, JsonNode schema, String at, List<String> problems) {
    schema
        .fields()
        .forEachRemaining(
            word -> {
              JsonNode says = word.getValue();
              boolean fits =
                  switch (word.getKey()) {
                    case "$schema", "title", "description", "$defs" -> true;
                    case "$ref" -> fits(value, def(says.asText().substring("#/$defs/".length())));
                    case "type" -> types(says).contains(type(value));
                    case "enum" -> texts(says).contains(value.asText());
                    case "pattern" -> Pattern.compile(says.asText()).matcher(value.asText()).find();
                    case "required" ->
                        !value.isObject() || texts(says).stream().allMatch(value::has);
                    case "minItems" -> !value.isArray() || value.size() >= says.asInt();
                    case "minProperties" -> !value.isObject() || value.size() >= says.asInt();
                    case "anyOf" -> count(value, says) > 0;
                    case "oneOf" -> count(value, says) == 1;
                    case "items" -> !value.isArray() || all(value, says);
                    case "propertyNames" -> !value.isObject() || names(value, says);
                    case "properties" -> properties(value, says);
                    case "additionalProperties" -> more(value, schema.get("properties"), says);
                    default -> throw new IllegalStateException("unknown word " + word.getKey());
                  };
              if (!fits) {
                problems.add(at + ": " + word.getKey());
              }
            });
  }

  private boolean fits(JsonNode value, JsonNode schema) {
    List<String> problems = new ArrayList<>();
    check(value, schema, "", problems);
    return problems.isEmpty();
  }

  private long count(JsonNode value, JsonNode schemas) {
    long count = 0;
    for (JsonNode schema : schemas) {
      count += fits(value, schema) ? 1 : 0;
    }
    return count;
  }

  private boolean all(JsonNode values, JsonNode schema) {
    for (JsonNode value : values) {
      if (!fits(value, schema)) {
        return false;
      }
    }
    return true;
  }

  private boolean names(JsonNode value, JsonNode schema) {
    return Stream.of(value)
        .flatMap(node -> fieldNames(node).stream())
        .allMatch(name -> fits(yaml.getNodeFactory().textNode(name), schema));
  }

  private boolean properties(JsonNode value, JsonNode schemas) {
    return fieldNames(value).stream()
        .allMatch(name -> !schemas.has(name) || fits(value.get(name), schemas.get(name)));
  }

  private boolean more(JsonNode value, JsonNode known, JsonNode schema) {
    return fieldNames(value).stream()
        .filter(name -> known == null || !known.has(name))
        .allMatch(name -> schema.isBoolean() ? schema.asBoolean() : fits(value.get(name), schema));
  }

  private static List<String> fieldNames(JsonNode value) {
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Collection<String> types(JsonNode says) {
    return says.isArray() ? texts(says) : List.of(says.asText());
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      case NULL, MISSING -> "null";
      default -> "string";
    };
  }
}
