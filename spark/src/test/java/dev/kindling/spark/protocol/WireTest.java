package dev.kindling.spark.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kindling.model.record.SettingRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WireTest {

  @Test
  void carriesEveryRequest() throws IOException {
    Path path = Path.of("/tmp/a b/ü");
    List<Request> requests =
        List.of(
            new Launch(Map.of("a", "b"), path, 2),
            new Open(Map.of("k", "line\nbreak")),
            new Statement("SET x", Map.of("p", "1")),
            new View("v", SourceSpec.parquet("/x")),
            new View(
                "v", new SourceSpec("csv", List.of(), Optional.of("a INT"), Map.of("sep", ";"))),
            new SqlView("v", "SELECT 1", Map.of()),
            new Query("q", Output.Staged.parquet(path)),
            new Query("q", Map.of("a", "1"), new Output.Text(path), OptionalLong.of(3)),
            new Query("q", new Output.Inline(5)),
            new Cancel(7),
            new Close());
    for (Request request : requests) {
      Wire.Asked asked = new Wire.Asked(3, request);
      String line = Wire.line(asked);
      assertThat(line).doesNotContain("\n");
      assertThat(Wire.request(line)).isEqualTo(asked);
    }
  }

  @Test
  void carriesEveryMessage() throws IOException {
    List<Message> messages =
        List.of(
            new Ready("4.0.1", "17", 5, List.of(new SettingRecord("a", "b", "c"))),
            new Progress(1, 2, 3, "Scan csv"),
            new Result(
                "{}",
                OptionalLong.of(2),
                List.of(new StagedFile("part-0", 9)),
                List.of(List.of(JsonNodeFactory.instance.textNode("x"))),
                true,
                List.of("c: variant"),
                12,
                Counters.NONE),
            new Failure(
                Failure.Kind.EXECUTION,
                Optional.of("DIVIDE_BY_ZERO"),
                Optional.empty(),
                "[DIVIDE_BY_ZERO]\nDivision by zero",
                Optional.of(new Position(1, 2, "1/0")),
                List.of("cause")));
    for (Message message : messages) {
      Wire.Said said = new Wire.Said(3, message);
      assertThat(Wire.message(Wire.line(said))).isEqualTo(said);
    }
  }

  @Test
  void hidesTheValuesOfSettings() {
    Map<String, String> secret = Map.of("password", "hunter2");
    assertThat(
            List.of(
                    new Launch(secret, Path.of("/"), 1),
                    new Open(secret),
                    new View("v", new SourceSpec("jdbc", List.of(), Optional.empty(), secret)),
                    new Query("q", new Output.Staged(Path.of("/"), "jdbc", secret, List.of())))
                .toString())
        .doesNotContain("hunter2")
        .contains("password");
  }
}
