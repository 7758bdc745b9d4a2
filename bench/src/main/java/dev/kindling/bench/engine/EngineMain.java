package dev.kindling.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The main class of an engine's process: reads one request a line from stdin and answers each with
 * one line on stdout, both JSON. It ends when stdin does, so it never outlives the benchmark.
 *
 * <p>Requests: {@code {"op":"register","table":…,"folder":…}}, {@code
 * {"op":"run","sql":…,"rows":true}}, {@code {"op":"csv","csv":…,"schema":…,"output":…}}. Answers
 * hold {@code executionNanos} and, for {@code run}, {@code planningNanos} where it is known, {@code
 * rowCount}, {@code digest}, {@code ordering}, {@code sparkCode} and, when asked for, {@code
 * names}, {@code types}, {@code rows}; or only {@code error}.
 */
public final class EngineMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EngineMain() {}

  /** Arguments: the engine's name, threads, memory in bytes, folder for spilled data. */
  public static void main(String[] args) throws Exception {
    // Libraries may print what they like, but not between the answers.
    PrintStream answers = System.out;
    System.setOut(System.err);
    try (BenchEngine engine = start(args);
        BufferedReader requests =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      ObjectNode hello = JSON.createObjectNode();
      hello.put("version", engine.version());
      write(answers, hello);
      String line = requests.readLine();
      while (line != null) {
        write(answers, answer(engine, JSON.readTree(line)));
        line = requests.readLine();
      }
    }
    // Threads that an engine left running must not keep the process.
    System.exit(0);
  }

  static BenchEngine start(String[] args) throws Exception {
    EngineKind kind =
        EngineKind.find(args[0])
            .orElseThrow(
                () ->
                    new KindlingException(
                        ErrorCode.USAGE,
                        "Unknown engine '%s' (accepted: %s)"
                            .formatted(args[0], EngineKind.names())));
    return kind.create(
        new EngineSettings(
            Integer.parseInt(args[1]),
            kind.nativeBytes(Long.parseLong(args[2])),
            Path.of(args[3])));
  }

  // An engine's failure, an Error such as a lack of memory included, is an answer to be reported.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static ObjectNode answer(BenchEngine engine, JsonNode request) {
    try {
      return switch (request.path("op").asText()) {
        case "register" -> {
          engine.register(request.path("table").asText(), Path.of(request.path("folder").asText()));
          yield JSON.createObjectNode();
        }
        case "run" -> run(engine, request);
        case "csv" -> convert(engine, request);
        default -> throw new IllegalArgumentException("unknown request " + request);
      };
    } catch (Throwable e) {
      e.printStackTrace();
      ObjectNode failed = JSON.createObjectNode();
      failed.put("error", String.valueOf(e.getMessage() == null ? e : e.getMessage()));
      return failed;
    }
  }

  private static ObjectNode run(BenchEngine engine, JsonNode request) throws Exception {
    QueryResult result = engine.run(request.path("sql").asText());
    ObjectNode answer = JSON.createObjectNode();
    result.planning().ifPresent(planning -> answer.put("planningNanos", planning.toNanos()));
    answer.put("executionNanos", result.execution().toNanos());
    ResultTable table = result.rows();
    answer.put("rowCount", table.rows().size());
    answer.put("digest", table.digest());
    result.ordering().ifPresent(ordering -> answer.put("ordering", ordering.text()));
    answer.put("sparkCode", result.sparkCode());
    if (request.path("rows").asBoolean()) {
      table.names().forEach(answer.putArray("names")::add);
      table.types().forEach(answer.putArray("types")::add);
      ArrayNode rows = answer.putArray("rows");
      for (List<String> row : table.rows()) {
        row.forEach(rows.addArray()::add);
      }
    }
    return answer;
  }

  private static ObjectNode convert(BenchEngine engine, JsonNode request) throws Exception {
    Duration took =
        engine.convertCsv(
            Path.of(request.path("csv").asText()),
            request.path("schema").asText(),
            Path.of(request.path("output").asText()));
    ObjectNode answer = JSON.createObjectNode();
    answer.put("executionNanos", took.toNanos());
    return answer;
  }

  private static void write(PrintStream answers, ObjectNode answer) throws IOException {
    // JSON escapes line feeds inside of values: one answer is one line.
    answers.write((JSON.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
    answers.flush();
  }
}
