package dev.kindling.cli;

import dev.kindling.doctor.Diagnosis;
import dev.kindling.doctor.finding.Severity;
import dev.kindling.doctor.view.DiagnosisJson;
import dev.kindling.doctor.view.DiagnosisText;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.ErrorKind;
import dev.kindling.model.error.KindlingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling doctor}: what an event log of Spark tells, and what would mend it. */
final class DoctorCommand implements Command {
  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Manual manual() {
    return Manual.of(
            "Find what slowed a Spark application down, and what mends it.",
            """
            LOG is an event log of Spark 3.5 or 4: a file, the folder of a rolling log, or a folder
            with one log in it; plain, or compressed with zstd, lz4 or snappy. It may be cut or still
            growing.
            """)
        .example("Examine a run", "kindling doctor examples/doctor/hot-key.zstd")
        .example(
            "Fail a nightly job on critical findings",
            "kindling doctor examples/doctor/hot-key.zstd --fail-on critical")
        .exit(3, "With --fail-on, a finding is as severe.")
        .json("doctor")
        .see("reference/doctor.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("1")
            .type(String.class)
            .paramLabel("LOG")
            .description("The event log.")
            .build());
    spec.addOption(
        Arguments.text(
            "--severity",
            "SEVERITY",
            "Show findings from this severity on: info, warning (default) or critical."));
    spec.addOption(
        Arguments.text(
            "--fail-on",
            "SEVERITY",
            "Exit with 3 when a finding is as severe, as a gate; default: never."));
    spec.addOption(Arguments.output("text (default) or json."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    Form form = Arguments.form(args, Form.class, Form.TEXT);
    Severity least = severity(args, "--severity").orElse(Severity.WARNING);
    Optional<Severity> gate = severity(args, "--fail-on");
    Diagnosis diagnosis = Diagnosis.of(path(args.matchedPositionalValue(0, "")));
    if (form == Form.JSON) {
      console.out().println(JsonWriter.object(json -> DiagnosisJson.write(diagnosis, json)));
    } else {
      DiagnosisText.of(diagnosis, least).forEach(console.out()::println);
    }
    return gate.filter(diagnosis::has).isPresent() ? ErrorKind.QUALITY.exitCode() : 0;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new KindlingException(
          ErrorCode.USAGE, "'%s' is no path: %s".formatted(text, e.getReason()), e);
    }
  }

  private static Optional<Severity> severity(ParseResult args, String option) {
    return Arguments.text(args, option).map(word -> Arguments.choice(option, word, Severity.class));
  }
}
