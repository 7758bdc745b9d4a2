package dev.kindling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documented JSON Schema of what a command prints, and which parts of it outputs have used. */
final class OutputSchema {
  static final Path FOLDER = Path.of("../docs/reference/schemas");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode root;
  private final JsonSchema schema;
  // Alternatives are told apart with a schema of their own.
  private final Map<JsonNode, JsonSchema> parts = new IdentityHashMap<>();
  private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private OutputSchema(JsonNode root) {
    this.root = root;
    this.schema = compile(root);
  }

  /** The schema {@code NAME.schema.json}. */
  static OutputSchema read(String name) {
    try {
      return new OutputSchema(JSON.readTree(FOLDER.resolve(name + ".schema.json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema compile(JsonNode schema) {
    SchemaValidatorsConfig config = new SchemaValidatorsConfig();
    config.setFormatAssertionsEnabled(true);
    return FACTORY.getSchema(schema, config);
  }

  JsonNode root() {
    return root;
  }

  /** Holds one or more JSON values, one after the other, against the schema. */
  void check(String output) {
    int values = 0;
    try (MappingIterator<JsonNode> all = JSON.readerFor(JsonNode.class).readValues(output)) {
      while (all.hasNext()) {
        JsonNode value = all.next();
        assertThat(schema.validate(value)).as(value.toPrettyString()).isEmpty();
        see(value, root);
        values++;
      }
    } catch (IOException e) {
      throw new AssertionError(output, e);
    }
    assertThat(values).as(output).isPositive();
  }

  /** The properties that no checked value had, as paths in the schema. */
  List<String> unseen() {
    List<String> unseen = new ArrayList<>();
    properties()
        .forEach((path, rule) -> unseen.addAll(seen.contains(rule) ? List.of() : List.of(path)));
    return unseen;
  }

  /** All properties that the schema knows, by their paths in it. */
  Map<String, JsonNode> properties() {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    collect(root, "", found);
    return found;
  }

  private static void collect(JsonNode rule, String path, Map<String, JsonNode> found) {
    rule.path("properties")
        .fields()
        .forEachRemaining(
            property -> found.put(path + "/" + property.getKey(), property.getValue()));
    rule.fields()
        .forEachRemaining(
            child -> {
              if (child.getValue().isContainerNode()) {
                collect(child.getValue(), path + "/" + child.getKey(), found);
              }
            });
    for (int i = 0; rule.isArray() && i < rule.size(); i++) {
      collect(rule.get(i), path + "/" + i, found);
    }
  }

  private void see(JsonNode value, JsonNode rule) {
    if (rule.has("$ref")) {
      see(value, root.at(rule.get("$ref").asText().substring(1)));
    }
    rule.path("allOf").forEach(part -> see(value, part));
    for (JsonNode part : rule.path("oneOf")) {
      if (fits(value, part)) {
        see(value, part);
      }
    }
    if (rule.has("if") && fits(value, rule.get("if"))) {
      see(value, rule.get("then"));
    }
    for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
      see(item, rule.path("items"));
    }
    if (value.isObject()) {
      value
          .fields()
          .forEachRemaining(
              field -> {
                JsonNode property = rule.path("properties").path(field.getKey());
                seen.add(property);
                see(
                    field.getValue(),
                    property.isMissingNode() ? rule.path("additionalProperties") : property);
              });
    }
  }

  private boolean fits(JsonNode value, JsonNode part) {
    return parts.computeIfAbsent(part, this::alone).validate(value).isEmpty();
  }

  private JsonSchema alone(JsonNode part) {
    ObjectNode alone = JSON.createObjectNode();
    alone.set("$schema", root.get("$schema"));
    alone.putArray("allOf").add(part);
    alone.set("$defs", root.path("$defs"));
    alone.set("properties", root.path("properties"));
    return compile(alone);
  }
}
