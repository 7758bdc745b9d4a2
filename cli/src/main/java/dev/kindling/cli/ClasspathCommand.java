package dev.kindling.cli;

import dev.kindling.model.process.SparkInstallation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling classpath}: what the classes of {@code java:} tables are compiled against. */
final class ClasspathCommand implements Command {
  @Override
  public Manual manual() {
    return Manual.of(
            "Print the class path for the classes of 'java:' tables.",
            """
            It is Spark's. Compile a class with it:

              javac -cp "$(kindling classpath)" -d classes src/Score.java
            """)
        .example("Print the class path", "kindling classpath")
        .see("reference/pipeline-file.md");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    console.out().println(SparkInstallation.ofThisProcess().classPathArgument());
    return 0;
  }
}
