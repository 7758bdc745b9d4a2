package dev.kindling.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.TestValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFilesTest {
  @TempDir Path folder;

  private String csv(String text) throws IOException {
    return text(RowFiles.csv(Files.writeString(folder.resolve("rows.csv"), text)));
  }

  private String json(String text) throws IOException {
    return text(RowFiles.json(Files.writeString(folder.resolve("rows.json"), text)));
  }

  private static String text(List<TestValue.Entries> rows) {
    return String.join(" ", rows.stream().map(row -> text((TestValue) row)).toList());
  }

  private static String text(TestValue value) {
    String place = value.position().line() + ":" + value.position().column();
    if (value instanceof TestValue.Entries entries) {
      return "{"
          + String.join(
              ", ", entries.entries().stream().map(e -> e.name() + "=" + text(e.value())).toList())
          + "}";
    } else if (value instanceof TestValue.Items items) {
      return items.items().stream().map(RowFilesTest::text).toList().toString();
    }
    return (value instanceof TestValue.Text text ? "'" + text.text() + "'" : "NULL") + "@" + place;
  }

  @Test
  void csvKeepsEmptyTextsApartFromNull() throws IOException {
    assertThat(csv("a,b\r\n1,\r\n\"\",\"x \"\"y\"\", z\"\r\n"))
        .isEqualTo("{a='1'@2:1, b=NULL@2:3} {a=''@3:1, b='x \"y\", z'@3:4}");
  }

  @Test
  void csvFieldsMayHoldLinesAndTheLastLineNeedsNoEnd() throws IOException {
    assertThat(csv("\uFEFFa,b\n\"1\n2\",3\n\n4,5"))
        .isEqualTo("{a='1\n2'@2:1, b='3'@3:4} {a='4'@5:1, b='5'@5:3}");
    assertThat(csv("a,b\n1,")).isEqualTo("{a='1'@2:1, b=NULL@2:3}");
    assertThat(csv("a\n")).isEmpty();
  }

  @Test
  void brokenCsvIsToldWithItsPlace() {
    assertThatThrownBy(() -> csv("")).hasMessageContaining("rows.csv:1:1: the file is empty");
    assertThatThrownBy(() -> csv("a,b\n1\n"))
        .hasMessageContaining("rows.csv:2:1: 1 fields, and the first line names 2 columns");
    assertThatThrownBy(() -> csv("a\n\"1"))
        .hasMessageContaining("rows.csv:2:1: the quote is not closed");
    assertThatThrownBy(() -> csv("a\n\"1\"2\n"))
        .hasMessageContaining("rows.csv:2:4: a comma or the line's end");
  }

  @Test
  void jsonIsAnArrayOrLinesAndKeepsNumbersAsWritten() throws IOException {
    String one = "{a='1.50'@1:7, b=[NULL@1:19, {c='true'@1:31}]}";
    assertThat(json("{\"a\": 1.50, \"b\": [null, {\"c\": true}]}")).isEqualTo(one);
    assertThat(json("{\"a\": 1}\n{\"a\": 2}\n")).isEqualTo("{a='1'@1:7} {a='2'@2:7}");
    assertThat(json("[{\"a\": 1},\n {\"a\": 12345678901234567890}]"))
        .isEqualTo("{a='1'@1:8} {a='12345678901234567890'@2:8}");
    assertThat(json("[]")).isEmpty();
  }

  @Test
  void brokenJsonIsToldWithItsPlace() {
    assertThatThrownBy(() -> json("[1]"))
        .isInstanceOf(KindlingException.class)
        .hasMessageContaining("rows.json:1:2: a row is an object");
    assertThatThrownBy(() -> json("{\"a\": 1, \"a\": 2}"))
        .hasMessageContaining("Duplicate field 'a'");
    assertThatThrownBy(() -> json("{\"a\": }"))
        .hasMessageContaining("rows.json:1:7: no JSON")
        .extracting(e -> ((KindlingException) e).code())
        .isEqualTo(ErrorCode.FILE_CORRUPT);
    assertThatThrownBy(() -> RowFiles.csv(folder.resolve("none.csv")))
        .hasMessageContaining("none.csv");
  }
}
