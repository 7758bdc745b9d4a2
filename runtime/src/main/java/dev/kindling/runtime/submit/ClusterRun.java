package dev.kindling.runtime.submit;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Target;
import dev.kindling.storage.ProjectDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command of Kindling's as a driver on a worker of a standalone cluster. Nothing is packed:
 * Kindling's own files are put into the project's hidden folder, which the workers see as they see
 * the pipeline, its inputs and its outputs.
 *
 * @param main the class whose {@code main} takes the path of the {@link DriverFolder} and then the
 *     command's words
 */
public record ClusterRun(Class<?> main, Target target, Path projectFolder) {
  /** For Kindling's own process; Spark's driver is a child of it with a heap of its own. */
  private static final String DRIVER_MEMORY = "512m";

  // The driver finds the target by its name once more, with all its settings. Those of its
  // executors are not for the command line of its process, which everyone on the worker can see.
  private static final List<String> OF_THE_DRIVER =
      List.of(
          "spark.driver.",
          "spark.authenticate",
          "spark.network.crypto.",
          "spark.ssl.",
          "spark.rpc.",
          "spark.master.rest.");

  private static final String JAVA_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String CLASS_PATH = "spark.driver.extraClassPath";

  public ClusterRun {
    requireNonNull(main, "main is null");
    requireNonNull(target, "target is null");
    requireNonNull(projectFolder, "projectFolder is null");
    if (!Masters.isStandalone(target.master())) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "--deploy-mode cluster needs one of Spark's own clusters for the driver to run on, and the master of target '%s' is '%s' (accepted: spark://host:7077)."
              .formatted(target.name(), target.master()));
    }
  }

  /**
   * Runs the command to the driver's end. Ctrl-C has the master end the driver.
   *
   * @param folder where the driver leaves what the command gives
   * @param words of the command
   * @throws KindlingException when the driver is not started, or the caller is interrupted
   */
  public SubmitEnd run(DriverFolder folder, List<String> words, Map<String, String> environment)
      throws IOException {
    DriverLibrary library = DriverLibrary.of(ProjectDirectory.of(projectFolder));
    Map<String, String> given = new LinkedHashMap<>(target.conf());
    given.keySet().removeIf(key -> OF_THE_DRIVER.stream().noneMatch(key::startsWith));
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("spark.submit.deployMode", "cluster");
    conf.put("spark.app.name", "kindling");
    conf.put("spark.driver.memory", given.getOrDefault("spark.driver.memory", DRIVER_MEMORY));
    // The driver decides it when it knows the workers; what is looked at before is the driver.
    conf.put("spark.executor.memory", "1m");
    conf.put(CLASS_PATH, behind(given.get(CLASS_PATH), library.launcher().toString(), ":"));
    conf.put(JAVA_OPTIONS, behind(given.get(JAVA_OPTIONS), library.javaOptions(), " "));
    List<String> arguments = new ArrayList<>(List.of(folder.path().toString()));
    arguments.addAll(words);
    Submission submission =
        new Submission(
            library.jarOf(main).toString(),
            Optional.of(main.getName()),
            arguments,
            new Target(target.name(), target.master(), given),
            conf,
            false,
            false,
            true);
    return Submissions.run(submission, environment, OutputStream.nullOutputStream());
  }

  // What the user gave has the last word with Java's options, and ours the first with its classes.
  private static String behind(String given, String ours, String separator) {
    return given == null ? ours : ours + separator + given;
  }
}
