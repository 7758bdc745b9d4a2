package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code kindling extension}: what to tell an ordinary Spark, so that it uses this installation.
 */
final class ExtensionCommand implements Command {
  private static final String CLASS = "dev.kindling.spark.extension.KindlingExtension";
  private static final List<String> JARS =
      List.of("kindling-extension-", "kindling-embedded-", "kindling-model-", "duckdb_jdbc-");
  private static final String SUBMIT = "submit";
  private static final String PYTHON = "python";
  private static final String PROPERTIES = "properties";

  @Override
  public Manual manual() {
    return Manual.of(
            "Print the settings that bring Kindling into an ordinary Spark.",
            """
            An ordinary local Spark 4.0.1 with these settings hands what translates to the embedded
            engine, from SQL and from DataFrames:

              spark-submit $(kindling extension) my-program.jar
            """)
        .example(
            "Print them as lines of spark-defaults.conf", "kindling extension --form properties")
        .see("reference/session-extension.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(
        OptionSpec.builder("--form")
            .type(String.class)
            .paramLabel("FORM")
            .defaultValue(SUBMIT)
            .description(
                "submit: options of spark-submit and spark-shell (default);",
                "properties: lines of spark-defaults.conf;",
                "python: calls of SparkSession.builder.")
            .build());
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws IOException {
    String form = args.matchedOptionValue("--form", SUBMIT);
    if (!List.of(SUBMIT, PYTHON, PROPERTIES).contains(form)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Unknown value '%s' of --form (accepted: %s, %s, %s)%s"
              .formatted(
                  form,
                  SUBMIT,
                  PROPERTIES,
                  PYTHON,
                  Suggestions.didYouMean(form, List.of(SUBMIT, PROPERTIES, PYTHON))));
    }
    String jars = String.join(",", jars());
    console
        .out()
        .println(
            switch (form) {
              case SUBMIT ->
                  // Without blanks inside, so that a shell's $(…) gives whole words.
                  "--jars %s --conf spark.sql.extensions=%s".formatted(jars, CLASS);
              case PROPERTIES ->
                  "spark.jars            %s%nspark.sql.extensions  %s".formatted(jars, CLASS);
              case PYTHON ->
                  ".config(\"spark.jars\", \"%s\") \\%n.config(\"spark.sql.extensions\", \"%s\")"
                      .formatted(jars, CLASS);
              default -> throw new IllegalStateException(form);
            });
    return 0;
  }

  private static List<String> jars() throws IOException {
    String home = System.getProperty("kindling.home", "");
    Path lib = Path.of(home, "lib").toAbsolutePath().normalize();
    if (home.isEmpty() || !Files.isDirectory(lib)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot find the jars: this command works in an installed Kindling, started by its"
              + " bin/kindling.");
    }
    return JARS.stream().map(prefix -> jar(lib, prefix)).toList();
  }

  private static String jar(Path lib, String prefix) {
    try (Stream<Path> files = Files.list(lib)) {
      Optional<Path> jar =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.getFileName().toString().endsWith(".jar"))
              .findFirst();
      return jar.orElseThrow(
              () ->
                  new KindlingException(
                      ErrorCode.USAGE,
                      "This installation is not whole: %s has no %s*.jar. Install it again."
                          .formatted(lib, prefix)))
          .toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
