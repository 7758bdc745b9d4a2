package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a process that submits an application is asked for.
 *
 * @param folder of this submission alone, readable by its user only: the settings, which may hold
 *     secrets and therefore are not on the command line, and the outcome
 * @param address of this machine, as the master reaches it
 * @param follow whether to wait for a driver that runs on the cluster
 * @param arguments of spark-submit, the settings left out
 */
public record SubmitCall(Path folder, String address, boolean follow, List<String> arguments) {
  /** The class whose {@code main} takes {@link #words()}. */
  public static final String MAIN_CLASS = "dev.kindling.spark.runner.Submit";

  public SubmitCall {
    requireNonNull(folder, "folder is null");
    requireNonNull(address, "address is null");
    arguments = List.copyOf(arguments);
  }

  /** The file with all settings, in the form of Java's properties. */
  public Path properties() {
    return folder.resolve("application.properties");
  }

  /** Where the process leaves its {@link SubmitOutcome}. */
  public Path outcome() {
    return folder.resolve("outcome.properties");
  }

  /** As the arguments of the process. */
  public List<String> words() {
    List<String> words = new ArrayList<>(List.of(folder.toString(), address, "" + follow));
    words.addAll(arguments);
    return words;
  }

  /** Reads the arguments of the process. */
  public static SubmitCall of(String... words) {
    return new SubmitCall(
        Path.of(words[0]),
        words[1],
        Boolean.parseBoolean(words[2]),
        Arrays.asList(words).subList(3, words.length));
  }
}
