package dev.kindling.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Calls the real command line in this process; JSON that it prints must fit its schema. */
final class Cli {
  private static final OutputSchemas SCHEMAS = new OutputSchemas();

  private Cli() {}

  record Result(int exitCode, String output, String errorOutput) {}

  static Result launch(String... args) {
    return launch(Map.of(), args);
  }

  static Result launch(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    SCHEMAS.check(List.of(args), out.toString(StandardCharsets.UTF_8));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
