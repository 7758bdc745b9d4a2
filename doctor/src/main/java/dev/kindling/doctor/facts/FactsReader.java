package dev.kindling.doctor.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.doctor.log.EventLines;
import dev.kindling.doctor.log.EventLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a log into {@link Facts}. Events that it does not know are passed over: later versions of
 * Spark have more, and listeners write their own.
 */
public final class FactsReader {
  // Of a query whose start the log does not have.
  private static final PlanNode NO_PLAN =
      new PlanNode("", "", List.of(), Map.of(), Map.of(), Map.of());
  private static final String SQL = "org.apache.spark.sql.execution.ui.SparkListener";

  private final Map<String, String> conf = new TreeMap<>();
  private final Map<String, OpenExecutor> executors = new LinkedHashMap<>();
  private final Map<StageKey, OpenStage> stages = new LinkedHashMap<>();
  private final Map<Integer, Long> queryOfStage = new HashMap<>();
  private final Map<Long, OpenQuery> queries = new LinkedHashMap<>();
  private final Map<Long, Long> accumulators = new HashMap<>();
  private String id = "";
  private String name = "";
  private String version = "";
  private long started;
  private OptionalLong ended = OptionalLong.empty();
  private long lastEvent;
  private int jobs;
  private int failedJobs;

  private FactsReader() {}

  private record StageKey(int id, int attempt) {}

  private record OpenExecutor(
      String host, int cores, long added, OptionalLong removed, String reason) {}

  private static final class OpenStage {
    private String name = "";
    private List<Integer> parents = List.of();
    private long submitted;
    private OptionalLong ended = OptionalLong.empty();
    private String failure = "";
    private int planned;
    private final Set<Long> accumulators = new HashSet<>();
    private final Tasks tasks = new Tasks();
    private final List<FailedTask> failed = new ArrayList<>();
  }

  private static final class OpenQuery {
    private String description = "";
    private long started;
    private OptionalLong ended = OptionalLong.empty();
    private String error = "";
    private PlanNode plan = NO_PLAN;
  }

  /**
   * Reads a log to its end.
   *
   * @throws dev.kindling.model.error.KindlingException as {@link EventLines#read}
   */
  public static Facts read(EventLog log) {
    FactsReader reader = new FactsReader();
    EventLines lines = new EventLines();
    lines.read(log, reader::event);
    return reader.facts(lines.notes());
  }

  private void event(JsonNode event) {
    String kind = event.path("Event").asText();
    switch (kind) {
      case "SparkListenerLogStart" -> version = event.path("Spark Version").asText();
      case "SparkListenerApplicationStart" -> {
        id = event.path("App ID").asText("");
        name = event.path("App Name").asText("");
        started = time(event.path("Timestamp"));
      }
      case "SparkListenerApplicationEnd" -> ended = OptionalLong.of(time(event.path("Timestamp")));
      case "SparkListenerEnvironmentUpdate" ->
          event
              .path("Spark Properties")
              .properties()
              .forEach(setting -> conf.put(setting.getKey(), setting.getValue().asText()));
      case "SparkListenerExecutorAdded" -> executorAdded(event);
      case "SparkListenerExecutorRemoved" -> executorRemoved(event);
      case "SparkListenerJobStart" -> jobStart(event);
      case "SparkListenerJobEnd" -> jobEnd(event);
      case "SparkListenerStageSubmitted", "SparkListenerStageCompleted" ->
          stage(event.path("Stage Info"));
      case "SparkListenerTaskEnd" -> taskEnd(event);
      default -> {
        if (kind.startsWith(SQL)) {
          sql(kind.substring(SQL.length()), event);
        }
      }
    }
  }

  private long time(JsonNode millis) {
    long time = millis.asLong();
    lastEvent = Math.max(lastEvent, time);
    return time;
  }

  // Executors and jobs

  private void executorAdded(JsonNode event) {
    JsonNode info = event.path("Executor Info");
    executors.put(
        event.path("Executor ID").asText(),
        new OpenExecutor(
            info.path("Host").asText(),
            info.path("Total Cores").asInt(),
            time(event.path("Timestamp")),
            OptionalLong.empty(),
            ""));
  }

  private void executorRemoved(JsonNode event) {
    long removed = time(event.path("Timestamp"));
    executors.computeIfPresent(
        event.path("Executor ID").asText(),
        (executor, open) ->
            new OpenExecutor(
                open.host(),
                open.cores(),
                open.added(),
                OptionalLong.of(removed),
                event.path("Removed Reason").asText("")));
  }

  private void jobStart(JsonNode event) {
    jobs++;
    time(event.path("Submission Time"));
    String execution = event.path("Properties").path("spark.sql.execution.id").asText("");
    if (execution.matches("\\d{1,18}")) {
      event
          .path("Stage IDs")
          .forEach(stage -> queryOfStage.put(stage.asInt(), Long.valueOf(execution)));
    }
  }

  private void jobEnd(JsonNode event) {
    time(event.path("Completion Time"));
    if (!event.path("Job Result").path("Result").asText().equals("JobSucceeded")) {
      failedJobs++;
    }
  }

  // Stages and tasks

  private OpenStage open(JsonNode id, JsonNode attempt) {
    return stages.computeIfAbsent(
        new StageKey(id.asInt(), attempt.asInt()), key -> new OpenStage());
  }

  private void stage(JsonNode info) {
    OpenStage stage = open(info.path("Stage ID"), info.path("Stage Attempt ID"));
    stage.name = info.path("Stage Name").asText("");
    stage.planned = info.path("Number of Tasks").asInt();
    stage.submitted = time(info.path("Submission Time"));
    stage.failure = firstLine(info.path("Failure Reason").asText(""));
    List<Integer> parents = new ArrayList<>();
    info.path("Parent IDs").forEach(parent -> parents.add(parent.asInt()));
    stage.parents = parents;
    if (info.has("Completion Time")) {
      stage.ended = OptionalLong.of(time(info.path("Completion Time")));
      info.path("Accumulables").forEach(accumulable -> accumulated(stage, accumulable));
    }
  }

  // The value is the sum over the stage; a metric that several stages share adds up.
  private void accumulated(OpenStage stage, JsonNode accumulable) {
    if (accumulable.path("Metadata").asText("").equals("sql")) {
      long accumulator = accumulable.path("ID").asLong();
      stage.accumulators.add(accumulator);
      accumulators.merge(accumulator, accumulable.path("Value").asLong(), Long::sum);
    }
  }

  private void taskEnd(JsonNode event) {
    OpenStage stage = open(event.path("Stage ID"), event.path("Stage Attempt ID"));
    JsonNode info = event.path("Task Info");
    long launched = info.path("Launch Time").asLong();
    long duration = Math.max(0, time(info.path("Finish Time")) - launched);
    JsonNode reason = event.path("Task End Reason");
    String executor = info.path("Executor ID").asText("");
    if (!reason.path("Reason").asText().equals("Success")) {
      stage.failed.add(
          new FailedTask(reason.path("Reason").asText(""), words(reason), executor, duration));
      return;
    }
    stage.tasks.add(
        figures(launched, duration, event.path("Task Metrics")),
        executor,
        info.path("Locality").asText(""),
        info.path("Speculative").asBoolean());
  }

  private static Map<Measure, Long> figures(long launched, long duration, JsonNode metrics) {
    Map<Measure, Long> figures = new EnumMap<>(Measure.class);
    JsonNode read = metrics.path("Shuffle Read Metrics");
    JsonNode written = metrics.path("Shuffle Write Metrics");
    JsonNode input = metrics.path("Input Metrics");
    figures.put(Measure.LAUNCHED, launched);
    figures.put(Measure.DURATION, duration);
    figures.put(Measure.RUN, metrics.path("Executor Run Time").asLong());
    figures.put(Measure.CPU, metrics.path("Executor CPU Time").asLong() / 1_000_000);
    figures.put(Measure.GC, metrics.path("JVM GC Time").asLong());
    figures.put(Measure.INPUT_BYTES, input.path("Bytes Read").asLong());
    figures.put(Measure.INPUT_ROWS, input.path("Records Read").asLong());
    figures.put(
        Measure.OUTPUT_BYTES, metrics.path("Output Metrics").path("Bytes Written").asLong());
    figures.put(
        Measure.SHUFFLE_READ_BYTES,
        read.path("Remote Bytes Read").asLong() + read.path("Local Bytes Read").asLong());
    figures.put(Measure.SHUFFLE_READ_ROWS, read.path("Total Records Read").asLong());
    figures.put(Measure.FETCH_WAIT, read.path("Fetch Wait Time").asLong());
    figures.put(Measure.SHUFFLE_WRITE_BYTES, written.path("Shuffle Bytes Written").asLong());
    figures.put(Measure.SPILL_BYTES, metrics.path("Disk Bytes Spilled").asLong());
    figures.put(Measure.PEAK_MEMORY, metrics.path("Peak Execution Memory").asLong());
    figures.put(Measure.RESULT_BYTES, metrics.path("Result Size").asLong());
    return figures;
  }

  private static String words(JsonNode reason) {
    for (String field : List.of("Loss Reason", "Message", "Kill Reason", "Description")) {
      String text = reason.path(field).asText("");
      if (!text.isBlank()) {
        String type = reason.path("Class Name").asText("");
        return type.isEmpty() ? firstLine(text) : type + ": " + firstLine(text);
      }
    }
    return "";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }

  // Queries

  private void sql(String kind, JsonNode event) {
    OpenQuery query =
        queries.computeIfAbsent(event.path("executionId").asLong(), key -> new OpenQuery());
    switch (kind) {
      case "SQLExecutionStart" -> {
        query.description = event.path("description").asText("");
        query.started = time(event.path("time"));
        query.plan = plan(event.path("sparkPlanInfo"));
      }
      case "SQLAdaptiveExecutionUpdate" -> query.plan = plan(event.path("sparkPlanInfo"));
      case "SQLExecutionEnd" -> {
        query.ended = OptionalLong.of(time(event.path("time")));
        query.error = firstLine(event.path("errorMessage").asText(""));
      }
      case "DriverAccumUpdates" ->
          event
              .path("accumUpdates")
              .forEach(
                  update ->
                      accumulators.merge(
                          update.path(0).asLong(), update.path(1).asLong(), Long::sum));
      default -> {
        // Metrics that a new plan brings, and what later versions say.
      }
    }
  }

  private static PlanNode plan(JsonNode info) {
    List<PlanNode> children = new ArrayList<>();
    info.path("children").forEach(child -> children.add(plan(child)));
    Map<String, String> metadata = new TreeMap<>();
    info.path("metadata")
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
    Map<String, Long> metrics = new TreeMap<>();
    for (JsonNode metric : info.path("metrics")) {
      metrics.put(metric.path("name").asText(), metric.path("accumulatorId").asLong());
    }
    return new PlanNode(
        info.path("nodeName").asText("").strip(),
        info.path("simpleString").asText(""),
        children,
        metadata,
        metrics,
        Map.of());
  }

  // The end

  private Facts facts(List<String> notes) {
    List<ExecutorFacts> executorFacts = new ArrayList<>();
    executors.forEach(
        (executor, open) ->
            executorFacts.add(
                new ExecutorFacts(
                    executor,
                    open.host(),
                    open.cores(),
                    open.added(),
                    open.removed(),
                    open.reason())));
    List<StageFacts> stageFacts = new ArrayList<>();
    Map<Long, QueryFacts> queryFacts = new LinkedHashMap<>();
    queries.forEach((query, open) -> queryFacts.put(query, query(query, open)));
    stages.forEach((key, open) -> stageFacts.add(stage(key, open, queryFacts)));
    List<String> all = new ArrayList<>(notes);
    if (ended.isEmpty()) {
      all.add("the log has no end: the application runs, or was killed");
    }
    return new Facts(
        id,
        name,
        version,
        started,
        ended,
        lastEvent,
        conf,
        executorFacts,
        Math.max(1, ExecutorFacts.mostCores(executorFacts)),
        stageFacts,
        List.copyOf(queryFacts.values()),
        jobs,
        failedJobs,
        all);
  }

  private StageFacts stage(StageKey key, OpenStage open, Map<Long, QueryFacts> queryFacts) {
    return new StageFacts(
        key.id(),
        key.attempt(),
        open.name,
        open.parents,
        Optional.ofNullable(queryOfStage.get(key.id())).map(queryFacts::get),
        open.submitted,
        open.ended,
        open.failure,
        open.planned,
        open.accumulators,
        open.tasks,
        open.failed);
  }

  private QueryFacts query(long number, OpenQuery open) {
    return new QueryFacts(
        number,
        open.description,
        open.started,
        open.ended,
        open.error,
        open.plan.with(accumulators));
  }
}
