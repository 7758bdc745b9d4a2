package dev.kindling.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long the commands of the daily loop take, from the start of their process to its end. */
final class StartBench {
  private static final String SHELL = "shell, to the prompt";
  private static final int TESTS = 10;
  private static final String PIPELINE =
      """
      pipeline: shop
      params: { since: DATE'2026-01-01' }
      tables:
        orders:
          read: { format: csv, path: orders.csv, header: true,
                  schema: "id BIGINT, customer BIGINT, amount DECIMAL(12,2), day DATE, category STRING" }
        clean:
          sql: SELECT * FROM orders WHERE amount > 0 AND day >= :since
          expect: [ { not_null: [id] }, { unique: [id] } ]
        revenue:
          sql: |
            SELECT category, sum(amount) AS revenue, count(*) AS orders, max(day) AS last
            FROM clean GROUP BY category
      tests:
      """;
  private static final String TEST =
      """
        - name: revenue %d
          given:
            orders:
              - { id: 1, customer: 7, amount: -5.00, day: 2026-01-02, category: a }
              - { id: 2, customer: 8, amount: %d.50, day: 2026-01-03, category: b }
          expect:
            clean: [ { id: 2 } ]
            revenue: [ { category: b, revenue: %d.50, orders: 1 } ]
      """;

  private final BenchOptions options;
  private final PrintStream out;
  private final PrintStream err;

  StartBench(BenchOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /** Always 0: what a time should be depends on the machine. */
  int run() {
    Path launcher = options.requireKindling("start");
    Machine machine = Machine.describe();
    Map<String, List<ProcessRun>> runs = new LinkedHashMap<>();
    try (Scratch scratch = Scratch.create("start")) {
      Path project = project(scratch.folder());
      Path log = scratch.folder().resolve("stderr.log");
      Map<String, List<String>> commands = new LinkedHashMap<>();
      commands.put("--version", List.of("--version"));
      commands.put("check --fast", List.of("check", project.toString(), "--fast"));
      commands.put("check", List.of("check", project.toString()));
      commands.put("test, of " + TESTS + " tests", List.of("test", project.toString()));
      commands.put("sql -e 'SELECT 1'", List.of("sql", "-e", "SELECT 1"));
      boolean terminal = PromptRun.isPossible();
      if (!terminal) {
        err.println(
            "Left out: "
                + SHELL
                + ", which needs the program 'script' of util-linux for a terminal");
      }
      for (int round = 0; round <= options.rounds(); round++) {
        err.println(round == 0 ? "Warm-up of the file cache" : "Round " + round);
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
          List<String> words = new ArrayList<>(List.of(launcher.toString()));
          words.addAll(command.getValue());
          add(runs, command.getKey(), round, ProcessRun.of(words, scratch.folder(), log));
        }
        if (terminal) {
          add(runs, SHELL, round, PromptRun.of(launcher, scratch.folder()));
        }
      }
    }
    report(machine, runs);
    return 0;
  }

  // Round 0 fills the system's file cache.
  private static void add(
      Map<String, List<ProcessRun>> runs, String name, int round, ProcessRun run) {
    List<ProcessRun> all = runs.computeIfAbsent(name, key -> new ArrayList<>());
    if (round > 0) {
      all.add(run);
    }
  }

  private static Path project(Path folder) {
    StringBuilder yaml = new StringBuilder(PIPELINE);
    for (int i = 1; i <= TESTS; i++) {
      yaml.append(TEST.formatted(i, i, i));
    }
    try {
      Path project = Files.createDirectories(folder.resolve("shop"));
      Files.writeString(project.resolve("kindling.yaml"), yaml);
      Files.writeString(
          project.resolve("orders.csv"),
          "id,customer,amount,day,category\n1,7,10.00,2026-01-02,a\n2,8,3.50,2026-01-03,b\n");
      return project;
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot write the project to measure to " + folder + ": " + e, e);
    }
  }

  private void report(Machine machine, Map<String, List<ProcessRun>> runs) {
    TextTable table = new TextTable();
    table.line(List.of("command", "median ms", "fastest ms", "slowest ms", "CPU ms"));
    ObjectNode json = Output.JSON.createObjectNode();
    json.put("version", 1).put("benchmark", "start").put("rounds", options.rounds());
    json.set("machine", machine.json(Output.JSON));
    ArrayNode commands = json.putArray("commands");
    StringBuilder csv = new StringBuilder("command,round,ms,cpu_ms\n");
    runs.forEach(
        (name, measured) -> {
          List<Double> times = measured.stream().map(ProcessRun::wallMillis).sorted().toList();
          double median = Medians.of(times);
          boolean cpu = measured.stream().allMatch(run -> run.cpuMillis().isPresent());
          double cpuMillis =
              cpu
                  ? Medians.of(measured.stream().map(run -> run.cpuMillis().orElseThrow()).toList())
                  : 0;
          table.line(
              List.of(
                  name,
                  number(median),
                  number(times.get(0)),
                  number(times.get(times.size() - 1)),
                  cpu ? number(cpuMillis) : "-"));
          ObjectNode node = commands.addObject().put("name", name).put("millis", median);
          if (cpu) {
            node.put("cpuMillis", cpuMillis);
          }
          for (int round = 0; round < measured.size(); round++) {
            ProcessRun run = measured.get(round);
            csv.append('"').append(name).append("\",").append(round + 1).append(',');
            csv.append(number(run.wallMillis())).append(',');
            csv.append(run.cpuMillis().isPresent() ? number(run.cpuMillis().getAsDouble()) : "");
            csv.append('\n');
          }
        });
    String text =
        String.format(
            Locale.ROOT,
            "From the start of a process to its end, median of %d rounds%nMachine: %s%n%n%s",
            options.rounds(),
            machine.line(),
            table);
    Output.saveTimings(options, "start", json, csv.toString(), err);
    Output.print(options, json, text.stripTrailing(), out);
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, "%.0f", millis);
  }
}
