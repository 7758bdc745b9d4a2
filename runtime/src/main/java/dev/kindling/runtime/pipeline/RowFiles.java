package dev.kindling.runtime.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Position;
import dev.kindling.model.pipeline.TestValue;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads rows of tests from text files, each value with its place in the file. */
final class RowFiles {
  private RowFiles() {}

  /** The rows of a CSV file whose first line names the columns. */
  static List<TestValue.Entries> csv(Path file) {
    List<List<TestValue>> records = new CsvText(file, text(file)).records();
    List<TestValue.Entries> rows = new ArrayList<>();
    if (records.isEmpty()) {
      throw bad(
          Position.startOf(file), "the file is empty; its first line has to name the columns");
    }
    List<TestValue> header = records.get(0);
    for (List<TestValue> cells : records.subList(1, records.size())) {
      if (cells.size() != header.size()) {
        throw bad(
            cells.get(0).position(),
            "%d fields, and the first line names %d columns"
                .formatted(cells.size(), header.size()));
      }
      List<TestValue.Entry> entries = new ArrayList<>();
      for (int c = 0; c < cells.size(); c++) {
        String name = header.get(c) instanceof TestValue.Text text ? text.text().strip() : "";
        entries.add(new TestValue.Entry(name, cells.get(c).position(), cells.get(c)));
      }
      rows.add(new TestValue.Entries(entries, cells.get(0).position()));
    }
    return rows;
  }

  /** The rows of a JSON file: an array of objects, or objects one after the other. */
  static List<TestValue.Entries> json(Path file) {
    return json(file, text(file));
  }

  /**
   * The rows of a JSON text.
   *
   * @param file what the text is called in messages
   */
  static List<TestValue.Entries> json(Path file, String text) {
    List<TestValue.Entries> rows = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      JsonToken token = parser.nextToken();
      boolean array = token == JsonToken.START_ARRAY;
      if (array) {
        token = parser.nextToken();
      }
      while (token != null && token != JsonToken.END_ARRAY) {
        if (token != JsonToken.START_OBJECT) {
          throw bad(place(file, parser), "a row is an object, such as {\"id\": 1}");
        }
        rows.add(entries(file, parser));
        token = parser.nextToken();
      }
      return rows;
    } catch (JsonProcessingException e) {
      Position place =
          e.getLocation() == null
              ? Position.startOf(file)
              : new Position(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw bad(place, "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the rows of a test", file);
    }
  }

  private static TestValue.Entries entries(Path file, JsonParser parser) throws IOException {
    Position start = place(file, parser);
    List<TestValue.Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Position at = place(file, parser);
      String name = parser.currentName();
      parser.nextToken();
      entries.add(new TestValue.Entry(name, at, value(file, parser)));
    }
    return new TestValue.Entries(entries, start);
  }

  private static TestValue value(Path file, JsonParser parser) throws IOException {
    Position at = place(file, parser);
    switch (parser.currentToken()) {
      case VALUE_NULL -> {
        return new TestValue.Null(at);
      }
      case START_OBJECT -> {
        return entries(file, parser);
      }
      case START_ARRAY -> {
        List<TestValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(file, parser));
        }
        return new TestValue.Items(items, at);
      }
      default -> {
        // As it is written: no number goes through a type that is not the column's.
        return new TestValue.Text(parser.getText(), at);
      }
    }
  }

  private static Position place(Path file, JsonParser parser) {
    return new Position(
        file,
        Math.max(1, parser.currentTokenLocation().getLineNr()),
        Math.max(1, parser.currentTokenLocation().getColumnNr()));
  }

  private static String text(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (java.nio.charset.CharacterCodingException e) {
      throw bad(Position.startOf(file), "the file is not in UTF-8. Save it as UTF-8.");
    } catch (IOException e) {
      throw FileErrors.translate(e, "read the rows of a test", file);
    }
  }

  private static KindlingException bad(Position place, String what) {
    return new KindlingException(ErrorCode.FILE_CORRUPT, place + ": " + what);
  }

  /** Cuts CSV as RFC 4180 says; a field without quotes that is empty is NULL. */
  private static final class CsvText {
    private final Path file;
    private final String text;
    private final List<List<TestValue>> records = new ArrayList<>();
    private List<TestValue> record = new ArrayList<>();
    private int next;
    private int line = 1;
    private int lineStart;

    CsvText(Path file, String text) {
      this.file = file;
      this.text = text;
    }

    List<List<TestValue>> records() {
      while (next < text.length()) {
        record.add(field());
        if (next >= text.length() || text.charAt(next) != ',') {
          endRecord();
        } else {
          next++;
          if (next == text.length()) {
            record.add(new TestValue.Null(place(next)));
            endRecord();
          }
        }
      }
      return records;
    }

    private void endRecord() {
      boolean blank = record.size() == 1 && record.get(0) instanceof TestValue.Null;
      if (!blank) {
        records.add(record);
      }
      record = new ArrayList<>();
      if (next < text.length() && text.charAt(next) == '\r') {
        next++;
      }
      if (next < text.length() && text.charAt(next) == '\n') {
        next++;
      }
      line++;
      lineStart = next;
    }

    private TestValue field() {
      Position at = place(next);
      Optional<String> quoted = quoted(at);
      if (quoted.isPresent()) {
        return new TestValue.Text(quoted.get(), at);
      }
      int start = next;
      while (next < text.length() && ",\r\n".indexOf(text.charAt(next)) < 0) {
        next++;
      }
      return start == next
          ? new TestValue.Null(at)
          : new TestValue.Text(text.substring(start, next), at);
    }

    private Optional<String> quoted(Position at) {
      if (text.charAt(next) != '"') {
        return Optional.empty();
      }
      StringBuilder value = new StringBuilder();
      for (next++; next < text.length(); next++) {
        char c = text.charAt(next);
        if (c == '"') {
          boolean escaped = next + 1 < text.length() && text.charAt(next + 1) == '"';
          if (!escaped) {
            next++;
            if (next < text.length() && ",\r\n".indexOf(text.charAt(next)) < 0) {
              throw bad(place(next), "a comma or the line's end has to follow the closing quote");
            }
            return Optional.of(value.toString());
          }
          next++;
        } else if (c == '\n') {
          line++;
          lineStart = next + 1;
        }
        value.append(c);
      }
      throw bad(at, "the quote is not closed");
    }

    private Position place(int index) {
      return new Position(file, line, Math.max(1, index - lineStart + 1));
    }
  }
}
