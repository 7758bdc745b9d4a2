package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of spark-submit, each of which is another word for a setting. */
final class SubmitArguments {
  static final String MASTER = "spark.master";
  static final String DEPLOY_MODE = "spark.submit.deployMode";

  private record Flag(String name, String label, String setting, String description) {}

  private static final Flag[] FLAGS = {
    new Flag("--name", "NAME", "spark.app.name", "What the application is called."),
    new Flag("--jars", "JARS", "spark.jars", "More jars for driver and executors."),
    new Flag("--packages", "COORDINATES", "spark.jars.packages", "Jars to fetch, with theirs."),
    new Flag("--exclude-packages", "NAMES", "spark.jars.excludes", "Jars not to fetch."),
    new Flag("--repositories", "URLS", "spark.jars.repositories", "More places to fetch from."),
    new Flag("--py-files", "FILES", "spark.submit.pyFiles", "Files for Python to import."),
    new Flag("--files", "FILES", "spark.files", "Files for each executor's folder."),
    new Flag("--archives", "FILES", "spark.archives", "Files to unpack in each executor's folder."),
    new Flag("--driver-memory", "SIZE", "spark.driver.memory", "Heap of the driver; default: 1g."),
    new Flag("--driver-cores", "N", "spark.driver.cores", "Of a driver on the cluster."),
    new Flag("--driver-java-options", "TEXT", "spark.driver.extraJavaOptions", "For its Java."),
    new Flag("--driver-class-path", "PATH", "spark.driver.extraClassPath", "In front of its own."),
    new Flag("--driver-library-path", "PATH", "spark.driver.extraLibraryPath", "Native code."),
    new Flag("--executor-memory", "SIZE", "spark.executor.memory", "Heap of each; default: 1g."),
    new Flag("--executor-cores", "N", "spark.executor.cores", "Of each; default: a worker's."),
    new Flag("--total-executor-cores", "N", "spark.cores.max", "Of all; default: all."),
    new Flag("--num-executors", "N", "spark.executor.instances", "How many executors."),
  };

  private SubmitArguments() {}

  static void add(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--conf", "-c")
            .type(java.util.List.class)
            .auxiliaryTypes(String.class)
            .paramLabel("NAME=VALUE")
            .description("A setting of Spark.")
            .build());
    spec.addOption(
        Arguments.text("--properties-file", "FILE", "Settings, under those of the command line."));
    spec.addOption(Arguments.text("--deploy-mode", "MODE", "client (default) or cluster."));
    for (Flag flag : FLAGS) {
      spec.addOption(
          Arguments.text(
              flag.name(), flag.label(), flag.description() + " (" + flag.setting() + ")"));
    }
  }

  /** The settings: of the file, over them those of {@code --conf}, over them those of the flags. */
  static Map<String, String> conf(ParseResult args) {
    Map<String, String> conf = new LinkedHashMap<>();
    Arguments.text(args, "--properties-file").ifPresent(file -> conf.putAll(file(Path.of(file))));
    conf.putAll(Arguments.pairs(args, "--conf"));
    for (Flag flag : FLAGS) {
      Arguments.text(args, flag.name()).ifPresent(value -> conf.put(flag.setting(), value));
    }
    Arguments.text(args, "--deploy-mode").ifPresent(mode -> conf.put(DEPLOY_MODE, mode));
    Optional.ofNullable(conf.get(DEPLOY_MODE)).ifPresent(SubmitArguments::checkMode);
    return conf;
  }

  private static void checkMode(String mode) {
    if (!mode.equals("client") && !mode.equals("cluster")) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Unknown value '%s' of --deploy-mode (accepted: client, cluster).".formatted(mode));
    }
  }

  private static Map<String, String> file(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "There is no file '%s' (--properties-file).".formatted(file),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot read '%s' (--properties-file): %s".formatted(file, e.getMessage()),
          e);
    }
    Map<String, String> conf = new LinkedHashMap<>();
    // As with spark-submit, what is no setting of Spark's is left alone.
    properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith("spark."))
        .forEach(key -> conf.put(key, properties.getProperty(key).strip()));
    return conf;
  }
}
