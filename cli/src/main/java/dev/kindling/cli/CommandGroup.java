package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command that consists of others, one of which the next word names.
 *
 * @param name as in the middle of a sentence: {@code cluster}, {@code cluster worker}
 * @param manual what is to be said of it as a whole
 * @param commands by that word, in the order of the help text
 */
record CommandGroup(String name, Manual manual, Map<String, Command> commands) implements Command {
  CommandGroup {
    commands = new LinkedHashMap<>(commands);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    commands.forEach((word, command) -> spec.addSubcommand(word, command.spec()));
    return spec;
  }

  @Override
  public int run(ParseResult args, Console console) throws Exception {
    if (!args.hasSubcommand()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "'kindling %s' needs one of its commands: %s. 'kindling help %s' tells about them."
              .formatted(name, String.join(", ", commands.keySet()), name));
    }
    ParseResult part = args.subcommand();
    return commands.get(part.commandSpec().name()).run(part, console);
  }
}
