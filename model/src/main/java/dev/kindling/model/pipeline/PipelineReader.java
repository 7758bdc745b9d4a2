package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a pipeline file and checks its structure: all problems of the file in one pass, each with
 * its place. No engine is needed and no data is looked at, so this takes milliseconds.
 */
public final class PipelineReader {
  /** The name of a pipeline file in a folder. */
  public static final String FILE_NAME = "kindling.yaml";

  private PipelineReader() {}

  /**
   * Reads a pipeline file.
   *
   * @param fileOrFolder the file, or a folder with a {@value #FILE_NAME}
   * @param sets values of parameters in the place of their defaults, from {@code --set}
   * @return the pipeline, or the errors; a file that is missing or cannot be read is an error too
   */
  public static Checked read(Path fileOrFolder, Map<String, String> sets) {
    return read(fileOrFolder, sets, name -> Optional.ofNullable(System.getenv(name)));
  }

  /** As {@link #read(Path, Map)}, with other environment variables. */
  static Checked read(
      Path fileOrFolder, Map<String, String> sets, Function<String, Optional<String>> environment) {
    Problems problems = new Problems();
    Path file = file(fileOrFolder);
    Optional<byte[]> bytes = bytes(file, problems);
    Optional<YamlDocument> document =
        bytes.isPresent() ? YamlDocument.parse(file, bytes.get(), problems) : Optional.empty();
    Optional<Pipeline> pipeline =
        document.isPresent()
            ? new PipelineParser(document.get(), problems, environment).parse(sets)
            : Optional.empty();
    return new Checked(pipeline, problems.sorted());
  }

  /** The pipeline file that a user names by itself or by its folder. */
  static Path file(Path fileOrFolder) {
    return Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(FILE_NAME) : fileOrFolder;
  }

  /** The content of a file; empty, with a problem, when it cannot be read. */
  static Optional<byte[]> bytes(Path file, Problems problems) {
    Position start = Position.startOf(file);
    if (!Files.exists(file)) {
      problems.error(
          ErrorCode.FILE_NOT_FOUND,
          start,
          "Pipeline file '" + file + "' does not exist" + hint(file));
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      problems.error(
          ErrorCode.FILE_ACCESS,
          start,
          "Pipeline file '"
              + file
              + "' is "
              + (Files.isDirectory(file) ? "a folder" : "not a regular file")
              + " (accepted: a file). Move it away, or name another file.");
      return Optional.empty();
    }
    try {
      if (Files.size(file) > YamlDocument.MAX_BYTES) {
        problems.error(
            ErrorCode.PIPELINE_SYNTAX,
            start,
            "The pipeline file is too large: found "
                + Files.size(file)
                + " bytes (accepted: up to "
                + YamlDocument.MAX_BYTES
                + ")");
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      problems.error(
          ErrorCode.FILE_ACCESS,
          start,
          "Pipeline file '" + file + "' cannot be read: " + FileErrors.reason(e));
      return Optional.empty();
    }
  }

  /** What else is in the folder of a file that does not exist. */
  private static String hint(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String wanted = file.getFileName() == null ? "" : file.getFileName().toString();
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .forEach(names::add);
    } catch (IOException e) {
      return ". Its folder does not exist either, or cannot be read.";
    }
    if (names.isEmpty()) {
      return ", and its folder has no other .yaml file";
    }
    List<String> shown = new ArrayList<>(names).subList(0, Math.min(5, names.size()));
    return " (found: " + String.join(", ", shown) + ")" + Suggestions.didYouMean(wanted, names);
  }
}
