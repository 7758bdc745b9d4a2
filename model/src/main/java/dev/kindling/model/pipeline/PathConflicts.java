package dev.kindling.model.pipeline;

import dev.kindling.model.error.ErrorCode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Finds outputs that cannot be published, and those that would destroy something: another output,
 * an input, or the pipeline itself. Paths are compared as they are written; links of the file
 * system are not followed.
 */
final class PathConflicts {
  private record Place(String table, String path, List<String> parts, Position position) {}

  private enum Overlap {
    NONE,
    SAME,
    INSIDE,
    CONTAINS
  }

  private final Path directory;
  private final Problems problems;

  PathConflicts(Path directory, Problems problems) {
    this.directory = directory;
    this.problems = problems;
  }

  void check(List<Table> tables) {
    List<Place> inputs = new ArrayList<>();
    List<Place> outputs = new ArrayList<>();
    for (Table table : tables) {
      if (table.definition() instanceof Read read) {
        inputs.add(place(table, read.path(), read.position()));
      }
      if (table.write().isPresent()) {
        Write write = table.write().get();
        outputs.add(place(table, write.path(), write.position()));
      }
    }
    List<String> project = parts(directory.toString());
    for (int i = 0; i < outputs.size(); i++) {
      Place output = outputs.get(i);
      if (!PipelinePaths.isPublishable(PipelinePaths.resolve(directory, output.path()))) {
        problems.error(
            ErrorCode.PIPELINE_NOT_AVAILABLE,
            output.position(),
            "Outputs are written to folders of this machine and of HDFS, which rename them in one"
                + " step, not to "
                + output.path()
                + ". Write to one of those and copy from there.");
        continue;
      }
      Overlap own = overlap(output.parts(), project);
      if (own == Overlap.SAME || own == Overlap.CONTAINS) {
        report(output, own, "the folder of the pipeline file", directory.toString());
      }
      first(output, inputs, "input");
      first(output, outputs.subList(0, i), "output");
    }
  }

  /** Reports the first of the places that an output overlaps: the next would add nothing. */
  private void first(Place output, List<Place> others, String kind) {
    for (Place other : others) {
      Overlap overlap = overlap(output.parts(), other.parts());
      if (overlap != Overlap.NONE) {
        report(output, overlap, "the " + kind + " of table '" + other.table() + "'", other.path());
        return;
      }
    }
  }

  private void report(Place output, Overlap overlap, String what, String path) {
    String relation =
        switch (overlap) {
          case SAME -> "is";
          case INSIDE -> "is inside of";
          default -> "contains";
        };
    problems.error(
        ErrorCode.PIPELINE_PATH_CONFLICT,
        output.position(),
        "The output '"
            + output.path()
            + "' of table '"
            + output.table()
            + "' "
            + relation
            + " "
            + what
            + (overlap == Overlap.SAME && path.equals(output.path()) ? "" : ", '" + path + "'")
            + ". Write to a folder of its own.");
  }

  private Place place(Table table, String path, Position position) {
    return new Place(table.name(), path, parts(PipelinePaths.resolve(directory, path)), position);
  }

  /** A resolved path from its root on; a file system's name is the first part. */
  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    if (PipelinePaths.isUri(path)) {
      int authority = path.indexOf("://");
      int slash = authority < 0 ? path.indexOf('/') : path.indexOf('/', authority + 3);
      from = slash < 0 ? path.length() : slash;
    }
    parts.add(path.substring(0, from));
    for (String part : path.substring(from).replace('\\', '/').split("/")) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** How a path lies to another, in which patterns such as {@code *.csv} may stand. */
  private static Overlap overlap(List<String> path, List<String> other) {
    int common = Math.min(path.size(), other.size());
    for (int i = 0; i < common; i++) {
      if (!matches(other.get(i), path.get(i))) {
        return Overlap.NONE;
      }
    }
    if (path.size() == other.size()) {
      return Overlap.SAME;
    }
    return path.size() > other.size() ? Overlap.INSIDE : Overlap.CONTAINS;
  }

  private static boolean matches(String pattern, String name) {
    boolean plain = true;
    for (int i = 0; i < pattern.length(); i++) {
      plain &= "*?[{".indexOf(pattern.charAt(i)) < 0;
    }
    if (plain) {
      return pattern.equals(name);
    }
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    } catch (PatternSyntaxException e) {
      // A pattern over several folders, such as {a,b/c}: it may match.
      return true;
    }
  }
}
