package dev.kindling.runtime.pipeline;

import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Read;
import dev.kindling.model.pipeline.Table;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where on this machine the files of a table lie. */
public final class Inputs {
  private static final Pattern PATTERN_SIGNS = Pattern.compile("[*?\\[{]");

  private Inputs() {}

  /**
   * The file or folder that a table is read from, absolute; of a pattern the folder above all that
   * it can match. Empty for a table that is not read from files of this machine.
   */
  public static Optional<Path> folder(Pipeline pipeline, Table table) {
    return table.definition() instanceof Read read
        ? Optional.of(pipeline.resolve(read.path()))
            .filter(path -> path.indexOf("://") < 0)
            .map(Inputs::root)
        : Optional.empty();
  }

  private static Path root(String path) {
    Path all = Path.of(path);
    if (!PATTERN_SIGNS.matcher(path).find()) {
      return all;
    }
    Path root = all.getRoot();
    for (Path part : all) {
      if (PATTERN_SIGNS.matcher(part.toString()).find()) {
        return root;
      }
      root = root.resolve(part);
    }
    return root;
  }
}
