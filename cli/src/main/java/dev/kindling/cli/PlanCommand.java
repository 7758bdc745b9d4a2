package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.model.pipeline.Engine;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.record.ColumnRecord;
import dev.kindling.model.record.RefusalRecord;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TargetRecord;
import dev.kindling.model.record.TargetRecordJson;
import dev.kindling.runtime.MemorySize;
import dev.kindling.runtime.pipeline.PipelinePlan;
import dev.kindling.runtime.pipeline.Pipelines;
import dev.kindling.runtime.pipeline.Pipelines.Phases;
import dev.kindling.runtime.pipeline.TablePlan;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling plan}: what would run where, how and why. */
final class PlanCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Show which engine runs each table, how and why.",
            """
            Runs nothing. Shows for each table the engine, how its rows reach its readers, the reasons,
            what the embedded engine refuses, DuckDB's SQL and what it would read.
            """)
        .example("Show the plan of a pipeline", "kindling plan examples/revenue")
        .example(
            "Show what Spark and DuckDB make of a query",
            "kindling plan examples/revenue --select trend --phases")
        .json("plan")
        .see("reference/pipeline-file.md", "concepts/exactness.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    PipelineArguments.add(spec);
    PipelineArguments.addSelection(spec);
    PipelineArguments.addChanged(spec);
    spec.addOption(
        Arguments.flag(
            "--phases", "Show Spark's parsed, analysed and optimised plans, and DuckDB's plan."));
    spec.addOption(TargetArgument.option());
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    Pipeline pipeline = PipelineArguments.pipeline(args, console);
    Optional<Target> target = TargetArgument.target(args, pipeline, console);
    PipelinePlan plan =
        Pipelines.plan(pipeline, PipelineArguments.options(args, console, target), phases(args));
    if (form == Form.JSON) {
      console.out().println(json(pipeline, plan));
    } else {
      plan.target().ifPresent(found -> print(found, console.out()));
      plan.tables().forEach(table -> print(table, phases(args), console.out()));
      for (TableRecord table : plan.unchanged()) {
        console.out().println(table.name() + ": " + String.join(", ", table.reasons()));
      }
    }
    return 0;
  }

  private static Phases phases(ParseResult args) {
    return args.hasMatchedOption("--phases") ? Phases.SHOWN : Phases.LEFT_OUT;
  }

  private static void print(TargetRecord target, PrintStream out) {
    out.println("target " + target.name() + ": " + target.master());
    for (SettingRecord setting : target.settings()) {
      out.printf("  %s=%s%n    %s%n", setting.name(), setting.value(), setting.why());
    }
    if (!target.settings().isEmpty()) {
      out.println("  What follows from its size is decided when its master has told it.");
    }
    out.println();
  }

  private static void print(TablePlan plan, Phases phases, PrintStream out) {
    out.println(
        plan.name()
            + ": "
            + lower(plan.engine())
            + ", "
            + lower(plan.materialisation())
            + plan.output().map(text -> ", writes " + text).orElse(""));
    if (!plan.reads().isEmpty()) {
      out.println("  reads " + String.join(", ", plan.reads()));
    }
    for (String reason : plan.reasons()) {
      out.println("  - " + reason);
    }
    for (RefusalRecord refusal : plan.refusals()) {
      out.println(
          "  refused: "
              + refusal.code()
              + refusal.place().map(place -> "  " + place).orElse("")
              + ": "
              + refusal.message());
    }
    if (plan.engine() == Engine.EMBEDDED && plan.workBytes().orElse(0) > 0) {
      out.println(
          "  holds about "
              + MemorySize.show(plan.workBytes().orElse(0))
              + " at once, in memory or spilled");
    }
    block("DuckDB SQL", plan.engineSql().orElse(""), out);
    block("DuckDB reads", String.join("\n", plan.scans()), out);
    if (phases == Phases.SHOWN) {
      block("DuckDB plan", plan.enginePlan().orElse(""), out);
    }
    plan.phases().forEach((phase, text) -> block("Spark, " + phase, text, out));
    out.println();
  }

  private static void block(String title, String text, PrintStream out) {
    if (text.isBlank()) {
      return;
    }
    out.println("  " + title + ":");
    text.stripTrailing().lines().forEach(line -> out.println("    " + line));
  }

  private static String json(Pipeline pipeline, PipelinePlan plan) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("pipeline", pipeline.name());
          if (plan.target().isPresent()) {
            json.writeFieldName("target");
            TargetRecordJson.write(json, plan.target().get());
          }
          json.writeArrayFieldStart("tables");
          for (TablePlan table : plan.tables()) {
            write(table, json);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("unchanged");
          for (TableRecord table : plan.unchanged()) {
            json.writeStartObject();
            json.writeStringField("name", table.name());
            strings("reasons", table.reasons(), json);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(TablePlan plan, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", plan.name());
    json.writeStringField("engine", lower(plan.engine()));
    json.writeStringField("materialisation", lower(plan.materialisation()));
    strings("reasons", plan.reasons(), json);
    json.writeArrayFieldStart("refusals");
    for (RefusalRecord refusal : plan.refusals()) {
      json.writeStartObject();
      json.writeStringField("code", refusal.code());
      if (refusal.place().isPresent()) {
        json.writeStringField("place", refusal.place().get());
      }
      json.writeStringField("message", refusal.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("columns");
    for (ColumnRecord column : plan.columns()) {
      json.writeStartObject();
      json.writeStringField("name", column.name());
      json.writeStringField("type", column.type());
      json.writeBooleanField("nullable", column.nullable());
      json.writeEndObject();
    }
    json.writeEndArray();
    strings("reads", plan.reads(), json);
    if (plan.workBytes().isPresent()) {
      json.writeNumberField("workBytes", plan.workBytes().getAsLong());
    }
    strings("scans", plan.scans(), json);
    if (plan.output().isPresent()) {
      json.writeStringField("output", plan.output().get());
    }
    if (plan.sql().isPresent()) {
      json.writeStringField("sql", plan.sql().get());
    }
    if (plan.engineSql().isPresent()) {
      json.writeStringField("engineSql", plan.engineSql().get());
    }
    if (plan.enginePlan().isPresent()) {
      json.writeStringField("enginePlan", plan.enginePlan().get());
    }
    if (!plan.phases().isEmpty()) {
      json.writeObjectFieldStart("phases");
      for (Map.Entry<String, String> phase : plan.phases().entrySet()) {
        json.writeStringField(phase.getKey(), phase.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void strings(String field, List<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
