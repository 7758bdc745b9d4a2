package dev.kindling.cli;

import dev.kindling.model.process.SparkInstallation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code kindling classpath}: what the classes of {@code java:} tables are compiled against. */
final class ClasspathCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage()
        .description(
            "Print the class path to compile classes for 'java:' tables against, which is Spark's:",
            "  javac -cp \"$(kindling classpath)\" -d classes src/Score.java");
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) {
    console.out().println(SparkInstallation.ofThisProcess().classPathArgument());
    return 0;
  }
}
