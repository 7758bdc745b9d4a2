package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.cluster.sizing.DeployMode;
import dev.kindling.cluster.sizing.Growth;
import dev.kindling.cluster.sizing.Manager;
import dev.kindling.cluster.sizing.MemoryPicture;
import dev.kindling.cluster.sizing.MemoryRegions;
import dev.kindling.cluster.sizing.RunFacts;
import dev.kindling.cluster.sizing.Settings;
import dev.kindling.cluster.sizing.Sizing;
import dev.kindling.cluster.sizing.SizingJson;
import dev.kindling.cluster.sizing.SizingRequest;
import dev.kindling.cluster.sizing.SizingText;
import dev.kindling.cluster.sizing.SparkDefaultsConf;
import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.TargetConf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling size}: what a cluster's nodes become as executors, and why. */
final class SizeCommand implements Command {
  // The machine of the rule of thumb, for steps of growth where no machine is told.
  private static final int USUAL_CORES = 16;
  private static final long USUAL_MEMORY = 64 * ByteSize.GIB;

  private enum Form {
    TEXT,
    JSON,
    SPARK_DEFAULTS;

    static Form of(ParseResult args) {
      return Arguments.text(args, "--output")
          .map(text -> Arguments.choice("--output", text.replace('-', '_'), Form.class))
          .orElse(TEXT);
    }
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Size the executors of a Spark cluster.",
            """
            With the machines (--nodes, --cores, --memory): the executors, their memory, the partitions
            and the driver, each figure with its formula and source. With the data alone: what clusters
            of several sizes would do with it. With --executor-memory: how Spark divides such a heap.
            """)
        .example(
            "Size ten machines for a terabyte",
            "kindling size --nodes 10 --cores 16 --memory 64g --data 1TB")
        .example("Show the regions of a heap", "kindling size --executor-memory 10g")
        .json("size")
        .see("reference/sizing.md", "how-to/grow.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    SizingArguments.add(spec);
    spec.addOption(
        Arguments.text("--executor-memory", "SIZE", "Show only how Spark divides such a heap."));
    spec.addOption(
        Arguments.text(
            "--from", "RUN", "Take the data from a run: its id, latest, or its run.json."));
    spec.addOption(
        Arguments.text(
            "--apply", "TARGET", "Write the settings to a target of the pipeline file."));
    spec.addOption(
        OptionSpec.builder("-p", "--pipeline")
            .type(String.class)
            .paramLabel("FILE|FOLDER")
            .description("The pipeline of --apply and --from; default: this folder.")
            .build());
    spec.addOption(Arguments.output("text (default), json or spark-defaults."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Form.of(args);
    Optional<String> target = Arguments.text(args, "--apply");
    OptionalLong heap = SizingArguments.size(args, "--executor-memory");
    if (heap.isPresent()) {
      regions(MemoryRegions.of(heap.getAsLong()), form, console);
      return 0;
    }
    Optional<RunFacts> run =
        Arguments.text(args, "--from").map(name -> RunFinder.facts(name, pipeline(args)));
    OptionalLong data = run.isPresent() ? run.get().data() : OptionalLong.empty();
    if (!SizingArguments.hasNodes(args)
        && target.isEmpty()
        && (data.isPresent() || run.isPresent() || args.hasMatchedOption("--data"))) {
      growth(args, run, data, form, console);
      return 0;
    }
    SizingRequest request = SizingArguments.request(args, data);
    if (target.isPresent()) {
      apply(Sizing.of(forTarget(request, args)), target.get(), pipeline(args), form, console);
      return 0;
    }
    Sizing sizing = Sizing.of(request);
    run.ifPresent(facts -> facts(facts, form, console));
    print(sizing, run, form, console);
    return 0;
  }

  private static Path pipeline(ParseResult args) {
    return Path.of(Arguments.text(args, "-p").orElse("."));
  }

  private static void regions(MemoryRegions regions, Form form, Console console) {
    if (form == Form.JSON) {
      console
          .out()
          .println(
              JsonWriter.object(
                  json -> {
                    json.writeNumberField("heap", regions.heap());
                    json.writeNumberField("reserved", regions.reserved());
                    json.writeNumberField("unified", regions.unified());
                    json.writeNumberField("storage", regions.storage());
                    json.writeNumberField("execution", regions.execution());
                    json.writeNumberField("user", regions.user());
                  }));
    } else if (form == Form.TEXT) {
      MemoryPicture.of(regions).forEach(console.out()::println);
    } else {
      throw noNodes("--output spark-defaults");
    }
  }

  private static KindlingException noNodes(String what) {
    return new KindlingException(
        ErrorCode.USAGE, what + " needs the machines: --nodes 10 --cores 16 --memory 64g.");
  }

  private static void print(Sizing sizing, Optional<RunFacts> run, Form form, Console console) {
    switch (form) {
      case TEXT -> SizingText.of(sizing).forEach(console.out()::println);
      case SPARK_DEFAULTS -> SparkDefaultsConf.of(sizing).forEach(console.out()::println);
      case JSON ->
          console
              .out()
              .println(
                  JsonWriter.object(
                      json -> {
                        SizingJson.write(sizing, json);
                        if (run.isPresent()) {
                          write(run.get(), json);
                        }
                      }));
    }
  }

  private static void growth(
      ParseResult args, Optional<RunFacts> run, OptionalLong data, Form form, Console console) {
    if (form == Form.SPARK_DEFAULTS) {
      throw noNodes("--output spark-defaults");
    }
    if (data.isEmpty() && !args.hasMatchedOption("--data")) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Run %s has no source whose size is known: %s. Give --data, such as --data 1TB."
              .formatted(
                  run.orElseThrow().runId(), String.join("; ", run.orElseThrow().missing())));
    }
    SizingRequest request = SizingArguments.request(args, USUAL_CORES, USUAL_MEMORY, data);
    List<Growth> steps = Growth.of(request);
    if (form == Form.JSON) {
      console.out().println(JsonWriter.object(json -> write(steps, run, json)));
      return;
    }
    run.ifPresent(facts -> facts(facts, form, console));
    console
        .out()
        .println(
            "%s of data on machines of %d cores and %s:"
                .formatted(
                    ByteSize.show(request.data().orElseThrow()),
                    request.shape().coresPerNode(),
                    ByteSize.show(request.shape().memoryPerNode())));
    Growth.table(steps).forEach(console.out()::println);
    console.out().println();
    console
        .out()
        .println(
            "A wave fills all slots once: 1 or 2 waves leave slots idle at their end, many waves are"
                + " fine.");
    console.out().println("--nodes N shows one of them with every figure explained.");
  }

  private static void facts(RunFacts facts, Form form, Console console) {
    if (form != Form.TEXT) {
      return;
    }
    console
        .out()
        .println(
            "Run %s: %s read, %s, %s on Spark"
                .formatted(
                    facts.runId(),
                    Texts.count(facts.rows(), "row"),
                    Texts.millis(facts.millis()),
                    Texts.count(facts.sparkTables(), "table")));
    facts.used().forEach(line -> console.out().println("  " + line));
    facts.missing().forEach(line -> console.out().println("  missing: " + line));
    console.out().println();
  }

  private static void write(RunFacts facts, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("run");
    json.writeStringField("runId", facts.runId());
    json.writeNumberField("rows", facts.rows());
    json.writeNumberField("millis", facts.millis());
    json.writeNumberField("sparkTables", facts.sparkTables());
    if (facts.data().isPresent()) {
      json.writeNumberField("data", facts.data().getAsLong());
    }
    json.writeArrayFieldStart("missing");
    for (String missing : facts.missing()) {
      json.writeString(missing);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(List<Growth> steps, Optional<RunFacts> run, JsonGenerator json)
      throws IOException {
    if (run.isPresent()) {
      write(run.get(), json);
    }
    json.writeArrayFieldStart("steps");
    for (Growth step : steps) {
      json.writeStartObject();
      json.writeNumberField("nodes", step.nodes());
      if (step.sizing().isPresent()) {
        SizingJson.write(step.sizing().get(), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A target is a standalone cluster whose driver is here, unless the options say otherwise. */
  private static SizingRequest forTarget(SizingRequest request, ParseResult args) {
    return request.on(
        args.hasMatchedOption("--manager") ? request.manager() : Manager.STANDALONE,
        args.hasMatchedOption("--deploy-mode") ? request.mode() : DeployMode.CLIENT);
  }

  private static void apply(
      Sizing sizing, String target, Path pipeline, Form form, Console console) {
    Map<String, String> settings = Settings.ofApplication(sizing);
    TargetConf.Change change = TargetConf.with(pipeline, target, settings);
    if (change.master().map(master -> master.startsWith("local")).orElse(false)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Target '%s' is %s: one process, without executors to size. Nothing was written."
              .formatted(target, change.master().get()));
    }
    List<String> diff = LineDiff.of(change.before(), change.after());
    if (!diff.isEmpty()) {
      change.write();
    }
    if (form == Form.JSON) {
      console.out().println(JsonWriter.object(json -> write(change, target, settings, json)));
    } else if (!diff.isEmpty()) {
      console.out().println("--- " + change.file());
      console.out().println("+++ " + change.file());
      diff.forEach(console.out()::println);
    }
    console.say(
        diff.isEmpty()
            ? "Target '" + target + "' has these settings already."
            : "Wrote the settings of target '" + target + "'.");
  }

  private static void write(
      TargetConf.Change change, String target, Map<String, String> settings, JsonGenerator json)
      throws IOException {
    json.writeStringField("file", change.file().toString());
    json.writeStringField("target", target);
    json.writeBooleanField("changed", !change.before().equals(change.after()));
    json.writeObjectFieldStart("settings");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
  }
}
