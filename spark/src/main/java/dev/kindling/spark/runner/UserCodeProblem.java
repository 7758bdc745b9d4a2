package dev.kindling.spark.runner;

import java.util.stream.Stream;

/** What a class of the user's did that is no error of Spark's. */
final class UserCodeProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserCodeProblem(String className, String what) {
    super("The class " + className + " " + what + ".");
  }

  UserCodeProblem(String className, Exception raised) {
    super(
        "The class %s raised %s%s"
            .formatted(
                className,
                raised.toString().lines().findFirst().orElse("an exception"),
                place(className, raised)),
        raised);
  }

  /** The innermost line of the class, or of one nested in it. */
  private static String place(String className, Exception raised) {
    return Stream.of(raised.getStackTrace())
        .filter(
            frame ->
                frame.getClassName().equals(className)
                    || frame.getClassName().startsWith(className + "$"))
        .findFirst()
        .map(frame -> " (%s:%d)".formatted(frame.getFileName(), frame.getLineNumber()))
        .orElse("");
  }
}
