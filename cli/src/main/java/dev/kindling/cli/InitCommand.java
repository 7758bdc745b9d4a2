package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.storage.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling init}: a project that runs at once, without a network. */
final class InitCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Make a project to begin with.",
            """
            Writes a pipeline file with data, tests and expectations, a README and a .gitignore
            into a folder. The project runs at once and without a network. No file is overwritten.
            """)
        .example("Make a project in the folder my-project", "kindling init my-project")
        .example(
            "Make one whose queries are files of their own",
            "kindling init my-queries --template sql")
        .see("tutorial.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .arity("0..1")
            .type(String.class)
            .paramLabel("FOLDER")
            .description("Where the project goes; made when it is not there. Default: this folder.")
            .build());
    spec.addOption(
        Arguments.text(
            "--template",
            "NAME",
            "etl (default): files read, checked and joined; sql: queries in files of their own;"
                + " java: a table that a class computes."));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    ProjectTemplate template =
        Arguments.text(args, "--template")
            .map(text -> Arguments.choice("--template", text, ProjectTemplate.class))
            .orElse(ProjectTemplate.ETL);
    Path folder = Path.of(args.matchedPositionalValue(0, "."));
    Map<String, String> files = template.files(name(folder));
    checkFree(folder, files);
    files.forEach((file, text) -> write(folder.resolve(file), text));
    console.say("Made a project in " + folder + ":");
    files.keySet().forEach(file -> console.say("  " + file));
    Optional<String> compiling = compile(folder, template);
    String there = folder.equals(Path.of(".")) ? "" : " " + folder;
    console.say("");
    compiling.ifPresent(console::say);
    console.say("Next:");
    for (String command : List.of("test", "run", "plan")) {
      console.say("  kindling " + command + there);
    }
    return 0;
  }

  /** The folder's name, as far as a pipeline's name may have its characters. */
  private static String name(Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString().replaceAll("[^\\p{L}\\p{N}_-]+", "-").strip();
    return name.matches(".*[\\p{L}].*") && !name.startsWith("-") ? name : "pipeline";
  }

  private static void checkFree(Path folder, Map<String, String> files) {
    List<String> taken = new ArrayList<>();
    for (String file : files.keySet()) {
      if (Files.exists(folder.resolve(file))) {
        taken.add(file);
      }
    }
    if (!taken.isEmpty()) {
      throw new KindlingException(
          ErrorCode.OUTPUT_EXISTS,
          "'%s' has %s already, and nothing is overwritten. Name a new folder: kindling init FOLDER"
              .formatted(folder, String.join(", ", taken)));
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FileErrors.translate(e, "write a file of the project", file);
    }
  }

  /** Compiles the project's classes; what the user has to do where that cannot be done here. */
  private static Optional<String> compile(Path folder, ProjectTemplate template) {
    if (template.sources().isEmpty()) {
      return Optional.empty();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-cp",
                SparkInstallation.ofThisProcess().classPathArgument(),
                "-proc:none",
                "-d",
                folder.resolve("classes").toString()));
    template.sources().forEach(source -> arguments.add(folder.resolve(source).toString()));
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    boolean compiled =
        compiler != null
            && compiler.run(null, errors, errors, arguments.toArray(new String[0])) == 0;
    if (compiled) {
      return Optional.empty();
    }
    String why =
        compiler == null
            ? "This Java has no compiler."
            : errors.toString(StandardCharsets.UTF_8).strip();
    return Optional.of(
        why
            + "\nCompile the class first: javac -cp \"$(kindling classpath)\" -d classes"
            + " src/*.java\n");
  }
}
