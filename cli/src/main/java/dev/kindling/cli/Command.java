package dev.kindling.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command. Its options are declared by hand and not by annotations: reflection over all
 * commands would cost every start more than the command line's own work.
 */
interface Command {
  /** What is to be said of it beside its options. */
  Manual manual();

  /** The options and arguments; made only for the command that runs. */
  CommandSpec spec();

  /**
   * Does the work.
   *
   * @return the exit code
   */
  int run(ParseResult args, Console console) throws Exception;
}
