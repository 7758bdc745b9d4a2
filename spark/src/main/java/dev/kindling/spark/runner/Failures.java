package dev.kindling.spark.runner;

import dev.kindling.model.error.KindlingException;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Turns what Spark throws into the failure that the user sees. */
final class Failures {
  /** These say only that something failed; why is in their cause, if they have one. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "TASK_WRITE_FAILED",
          "WRITING_JOB_ABORTED",
          "INTERNAL_ERROR_EXECUTOR",
          "UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY");

  /** How Hadoop says that a connector, such as that of S3, is not on the class path. */
  private static final Pattern MISSING_FILE_SYSTEM =
      Pattern.compile("Class (org\\.apache\\.hadoop\\.fs\\.\\S+) not found");

  private static final int MAX_CAUSES = 8;

  private Failures() {}

  /**
   * @param sql the text of the request, which positions refer to
   */
  static Failure of(Throwable thrown, Optional<String> sql) {
    List<Throwable> chain = chain(thrown);
    Throwable shown =
        chain.stream()
            .filter(e -> isOurs(e) || explains(e))
            .findFirst()
            .orElseGet(() -> mostTelling(chain));
    Optional<SparkThrowable> spark =
        shown instanceof SparkThrowable known ? Optional.of(known) : Optional.empty();
    List<String> causes = new ArrayList<>();
    for (Throwable cause : chain(shown).stream().skip(1).limit(MAX_CAUSES).toList()) {
      causes.add(message(cause));
    }
    return new Failure(
        kind(chain, shown),
        spark.flatMap(error -> Optional.ofNullable(SparkVersion.condition(error))),
        spark.flatMap(error -> Optional.ofNullable(error.getSqlState())),
        message(shown),
        position(shown, sql),
        causes);
  }

  /** Whether Spark says by an error class of its own what went wrong. */
  static boolean explained(Throwable thrown) {
    return chain(thrown).stream().anyMatch(Failures::explains);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable next = thrown; next != null && !chain.contains(next); next = next.getCause()) {
      chain.add(next);
    }
    return chain;
  }

  /** Whether its message is one of ours, for the user. */
  private static boolean isOurs(Throwable thrown) {
    return thrown instanceof TargetProblem
        || thrown instanceof UserCodeProblem
        || thrown instanceof KindlingException;
  }

  private static boolean explains(Throwable thrown) {
    return thrown instanceof SparkThrowable error
        && SparkVersion.condition(error) != null
        && !WRAPPERS.contains(SparkVersion.condition(error));
  }

  /**
   * Without an error class: the innermost exception, or the outermost that says more than a class.
   */
  private static Throwable mostTelling(List<Throwable> chain) {
    Throwable innermost = chain.get(chain.size() - 1);
    return innermost.getMessage() != null ? innermost : chain.get(0);
  }

  private static Failure.Kind kind(List<Throwable> chain, Throwable shown) {
    if (shown instanceof TargetProblem problem) {
      return problem.kind();
    } else if (chain.stream().anyMatch(OutOfMemoryError.class::isInstance)) {
      return Failure.Kind.MEMORY;
    } else if (shown instanceof ParseException) {
      return Failure.Kind.SYNTAX;
    } else if (shown instanceof AnalysisException) {
      return Failure.Kind.ANALYSIS;
    } else if (shown instanceof SparkThrowable error && error.isInternalError()) {
      return Failure.Kind.INTERNAL;
    }
    return Failure.Kind.EXECUTION;
  }

  private static String message(Throwable thrown) {
    if (thrown.getMessage() != null) {
      Matcher missing = MISSING_FILE_SYSTEM.matcher(thrown.getMessage());
      if (missing.find()) {
        return "The classes that read such a path are not part of this Spark: "
            + missing.group(1)
            + " is missing. Name a Spark that has them as the 'spark_home' of a target.";
      }
    }
    // The full message of an analysis error ends with the plan, which is for Spark's developers.
    String text =
        thrown instanceof AnalysisException analysis && !(thrown instanceof ParseException)
            ? analysis.getSimpleMessage()
            : thrown.getMessage();
    if (text == null || text.isBlank()) {
      return thrown.getClass().getName();
    }
    return thrown instanceof SparkThrowable
            || isOurs(thrown)
            || thrown instanceof java.io.IOException
        ? text.strip()
        : thrown.getClass().getSimpleName() + ": " + text.strip();
  }

  private static Optional<Position> position(Throwable shown, Optional<String> sql) {
    if (sql.isEmpty()) {
      return Optional.empty();
    }
    if (shown instanceof SparkThrowable error && error.getQueryContext() != null) {
      for (QueryContext context : error.getQueryContext()) {
        // A context inside a view counts its positions in the view's text, not in this one.
        if (SparkVersion.isOfSql(context)
            && context.objectType().isEmpty()
            && context.startIndex() >= 0
            && context.startIndex() <= sql.get().length()) {
          return Optional.of(at(sql.get(), context.startIndex(), context.fragment()));
        }
      }
    }
    if (shown instanceof AnalysisException analysis
        && analysis.line().isDefined()
        && analysis.startPosition().isDefined()) {
      return Optional.of(
          new Position(
              (Integer) analysis.line().get(), (Integer) analysis.startPosition().get() + 1, ""));
    }
    return Optional.empty();
  }

  private static Position at(String sql, int index, String fragment) {
    String before = sql.substring(0, index);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Position(line, index - before.lastIndexOf('\n'), fragment);
  }
}
