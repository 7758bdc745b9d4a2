package dev.kindling.spark.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Messages as lines of JSON, and back. A line holds no line break: JSON escapes them in strings.
 */
public final class Wire {

  /** A request with the number that its answers carry. */
  public record Asked(long id, Request request) {}

  /** A message about the request with this number; 0 for the process itself. */
  public record Said(long id, Message message) {}

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(new OptionalSerializer())
                  .addDeserializer(Optional.class, new OptionalDeserializer(null))
                  .addSerializer(new OptionalLongSerializer())
                  .addDeserializer(OptionalLong.class, new OptionalLongDeserializer()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static {
    // A statement, a schema of thousands of columns or a row of text may be longer than the
    // default limits, which guard against strangers; both ends of this pipe are ours.
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .build());
  }

  private Wire() {}

  /** The mapper both ends share, also for rows written as JSON. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** One line without its line break. */
  public static String line(Object message) {
    try {
      return MAPPER.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a message of type " + message.getClass(), e);
    }
  }

  public static Asked request(String line) throws IOException {
    return MAPPER.readValue(line, Asked.class);
  }

  public static Said message(String line) throws IOException {
    return MAPPER.readValue(line, Said.class);
  }

  @SuppressWarnings("rawtypes")
  private static final class OptionalSerializer extends StdSerializer<Optional> {
    private static final long serialVersionUID = 1L;

    OptionalSerializer() {
      super(Optional.class);
    }

    @Override
    public void serialize(Optional value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeObject(value.get());
      } else {
        json.writeNull();
      }
    }
  }

  /** Reads {@code Optional<T>} once it knows T from the record's component. */
  @SuppressWarnings("rawtypes")
  private static final class OptionalDeserializer extends StdDeserializer<Optional>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1L;

    private final JavaType content;

    OptionalDeserializer(JavaType content) {
      super(Optional.class);
      this.content = content;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) {
      return new OptionalDeserializer(property.getType().containedType(0));
    }

    @Override
    public Optional deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Optional.of(context.<Object>readValue(json, content));
    }

    @Override
    public Optional getNullValue(DeserializationContext context) {
      return Optional.empty();
    }
  }

  private static final class OptionalLongSerializer extends StdSerializer<OptionalLong> {
    private static final long serialVersionUID = 1L;

    OptionalLongSerializer() {
      super(OptionalLong.class);
    }

    @Override
    public void serialize(OptionalLong value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeNumber(value.getAsLong());
      } else {
        json.writeNull();
      }
    }
  }

  private static final class OptionalLongDeserializer extends StdDeserializer<OptionalLong> {
    private static final long serialVersionUID = 1L;

    OptionalLongDeserializer() {
      super(OptionalLong.class);
    }

    @Override
    public OptionalLong deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return OptionalLong.of(json.getLongValue());
    }

    @Override
    public OptionalLong getNullValue(DeserializationContext context) {
      return OptionalLong.empty();
    }
  }
}
