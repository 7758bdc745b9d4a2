package dev.kindling.bench.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One engine in a JVM of its own, seen from the benchmark. */
public final class EngineProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a request came to.
   *
   * @param planning where the engine tells it apart
   * @param digest of the rows, see {@link ResultTable#digest}; empty for CSV
   * @param rowCount how many rows there were; 0 for CSV
   * @param ordering the order that the query asks for, where the engine tells it
   * @param sparkCode see {@link QueryResult#sparkCode}
   * @param rows when they were asked for
   */
  public record Answer(
      Optional<Duration> planning,
      Duration execution,
      String digest,
      long rowCount,
      Optional<Ordering> ordering,
      boolean sparkCode,
      Optional<ResultTable> rows) {
    public Answer {
      requireNonNull(planning, "planning is null");
      requireNonNull(execution, "execution is null");
      requireNonNull(digest, "digest is null");
      requireNonNull(ordering, "ordering is null");
      requireNonNull(rows, "rows is null");
    }

    /** Planning and execution together. */
    public Duration total() {
      return planning.orElse(Duration.ZERO).plus(execution);
    }
  }

  /** The engine answered a request with an error, or did not answer. */
  public static final class EngineFailure extends Exception {
    private static final long serialVersionUID = 1L;

    EngineFailure(String message) {
      super(message);
    }
  }

  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private final EngineKind kind;
  private final Process process;
  private final OutputStream requests;
  // An empty string marks the end of the engine's output: no answer is empty.
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Path log;
  private final Duration patience;
  private final String version;

  private EngineProcess(EngineKind kind, Process process, Path log, Duration patience)
      throws EngineFailure {
    this.kind = kind;
    this.process = process;
    this.requests = process.getOutputStream();
    this.log = log;
    this.patience = patience;
    Thread reader = new Thread(this::readAnswers, "answers of " + kind.id());
    reader.setDaemon(true);
    reader.start();
    this.version = answer("start", START_PATIENCE).path("version").asText();
  }

  /**
   * Starts an engine.
   *
   * @param memoryBytes heap and native memory together
   * @param scratch a folder for spilled data and the engine's log
   * @param patience how long one request may take before the engine counts as hung
   * @throws KindlingException when it does not start
   */
  public static EngineProcess start(
      EngineKind kind, int threads, long memoryBytes, Path scratch, Duration patience) {
    Path folder = scratch.resolve(kind.id());
    Path log = scratch.resolve(kind.id() + ".log");
    List<String> command = new ArrayList<>(java(kind, memoryBytes));
    command.add(EngineMain.class.getName());
    command.addAll(arguments(kind, threads, memoryBytes, folder));
    try {
      Files.createDirectories(folder);
      Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
      try {
        return new EngineProcess(kind, process, log, patience);
      } catch (EngineFailure e) {
        process.destroyForcibly();
        throw new KindlingException(ErrorCode.INTERNAL, e.getMessage(), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that runs {@link FirstRow} with this engine. */
  public static List<String> firstRowCommand(
      EngineKind kind, int threads, long memoryBytes, Path scratch, String sql) {
    List<String> command = new ArrayList<>(java(kind, memoryBytes));
    if (!kind.isSpark()) {
      // The least that a JVM around a native engine can cost.
      command.addAll(1, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }
    command.add(FirstRow.class.getName());
    command.addAll(arguments(kind, threads, memoryBytes, scratch));
    command.add(sql);
    return List.copyOf(command);
  }

  /** The command that starts a JVM in which Spark can run; the class to run follows. */
  public static List<String> sparkJava(long memoryBytes) {
    return List.copyOf(java(EngineKind.SPARK, memoryBytes));
  }

  private static List<String> java(EngineKind kind, long memoryBytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(kind.jvmOptions(memoryBytes));
    command.add("-cp");
    // The distribution runs its command line with fewer jars than Spark needs and names the rest
    // here.
    String classPath =
        System.getProperty("kindling.spark.classpath", System.getProperty("java.class.path"));
    command.add(absolute(classPath));
    return command;
  }

  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  private static List<String> arguments(
      EngineKind kind, int threads, long memoryBytes, Path scratch) {
    return List.of(
        kind.id(), String.valueOf(threads), String.valueOf(memoryBytes), scratch.toString());
  }

  public EngineKind kind() {
    return kind;
  }

  /** The engine's product and version. */
  public String version() {
    return version;
  }

  public void register(String table, Path folder) throws EngineFailure {
    ObjectNode request = request("register");
    request.put("table", table);
    request.put("folder", folder.toString());
    ask(request);
  }

  /** Runs a query and brings its rows over. */
  public Answer runForRows(String sql) throws EngineFailure {
    return run(sql, true);
  }

  /** Runs a query and brings only the digest of its rows over. */
  public Answer runForTime(String sql) throws EngineFailure {
    return run(sql, false);
  }

  private Answer run(String sql, boolean rows) throws EngineFailure {
    ObjectNode request = request("run");
    request.put("sql", sql);
    request.put("rows", rows);
    return parse(ask(request));
  }

  /** See {@link BenchEngine#convertCsv}. */
  public Answer convertCsv(Path csv, String schema, Path output) throws EngineFailure {
    ObjectNode request = request("csv");
    request.put("csv", csv.toString());
    request.put("schema", schema);
    request.put("output", output.toString());
    return parse(ask(request));
  }

  private static ObjectNode request(String op) {
    return JSON.createObjectNode().put("op", op);
  }

  private JsonNode ask(ObjectNode request) throws EngineFailure {
    try {
      requests.write((JSON.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8));
      requests.flush();
    } catch (IOException e) {
      throw new EngineFailure(describe("has ended"));
    }
    return answer(request.path("op").asText(), patience);
  }

  private JsonNode answer(String what, Duration patience) throws EngineFailure {
    String line;
    try {
      line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KindlingException(ErrorCode.INTERRUPTED, "The benchmark was interrupted");
    }
    if (line == null) {
      process.destroyForcibly();
      throw new EngineFailure(
          describe("gave no answer to '" + what + "' within " + patience.toSeconds() + " s"));
    }
    if (line.isEmpty()) {
      // Whoever asks next meets the end too.
      answers.add("");
      throw new EngineFailure(describe("ended during '" + what + "'"));
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new EngineFailure(describe("answered something that is not JSON: " + line));
    }
    if (answer.has("error")) {
      throw new EngineFailure(kind.label() + ": " + answer.path("error").asText());
    }
    return answer;
  }

  private String describe(String what) {
    String tail = "";
    try {
      List<String> lines = Files.readAllLines(log);
      tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException e) {
      tail = "(its log cannot be read: " + e.getMessage() + ")";
    }
    return "The process of " + kind.label() + " " + what + ". Its last lines:\n" + tail;
  }

  private static Answer parse(JsonNode answer) {
    Optional<ResultTable> rows = Optional.empty();
    if (answer.has("rows")) {
      List<List<String>> values = new ArrayList<>();
      for (JsonNode row : answer.path("rows")) {
        values.add(texts(row));
      }
      rows =
          Optional.of(
              new ResultTable(texts(answer.path("names")), texts(answer.path("types")), values));
    }
    return new Answer(
        answer.has("planningNanos")
            ? Optional.of(Duration.ofNanos(answer.path("planningNanos").asLong()))
            : Optional.empty(),
        Duration.ofNanos(answer.path("executionNanos").asLong()),
        answer.path("digest").asText(),
        answer.path("rowCount").asLong(),
        answer.has("ordering")
            ? Optional.of(Ordering.parse(answer.path("ordering").asText()))
            : Optional.empty(),
        answer.path("sparkCode").asBoolean(),
        rows);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private void readAnswers() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        answers.add(line);
        line = lines.readLine();
      }
    } catch (IOException e) {
      // The process is gone, which the mark of the end below says to whoever asks.
    } finally {
      answers.add("");
    }
  }

  /** Ends the engine; an engine that does not end by itself is killed. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // Nobody reads any more: the process has already ended.
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
