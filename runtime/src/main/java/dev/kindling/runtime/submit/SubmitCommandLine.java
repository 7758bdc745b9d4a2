package dev.kindling.runtime.submit;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.spark.protocol.SubmitCall;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line of the process that submits an application, up to its main class. */
final class SubmitCommandLine {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmgt]?)b?");
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
  private static final String MEMORY = "spark.driver.memory";
  // For a process that only hands over.
  private static final String SMALL_HEAP = "512m";

  private SubmitCommandLine() {}

  static List<String> of(SparkInstallation spark, Submission submission) {
    List<String> command = new ArrayList<>();
    command.add(spark.java().toString());
    boolean driver = !submission.onCluster();
    command.add(
        "-Xmx"
            + (driver
                    ? submission.setting(MEMORY).map(SubmitCommandLine::heap)
                    : Optional.<String>empty())
                .orElse(driver ? "1g" : SMALL_HEAP));
    spark.archive().ifPresent(file -> command.add("-XX:SharedArchiveFile=" + file));
    command.add("-Xshare:auto");
    command.add("-Xlog:disable");
    command.add("-Xlog:all=error:stderr");
    command.addAll(SparkInstallation.moduleOptions());
    if (!submission.verbose()) {
      command.add(
          "-Dlog4j2.configurationFile=classpath:dev/kindling/spark/runner/log4j2.properties");
    }
    // The class path may hold a logging provider that throws everything away.
    command.add("-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider");
    command.add("-Dslf4j.internal.verbosity=WARN");
    if (driver) {
      submission
          .setting("spark.driver.extraJavaOptions")
          .ifPresent(options -> command.addAll(words(options)));
      submission
          .setting("spark.driver.extraLibraryPath")
          .ifPresent(path -> command.add("-Djava.library.path=" + path));
    }
    command.add("-cp");
    command.add(
        submission
                .setting("spark.driver.extraClassPath")
                .filter(path -> driver)
                .map(path -> path + File.pathSeparator)
                .orElse("")
            + spark.classPathArgument());
    command.add(SubmitCall.MAIN_CLASS);
    return command;
  }

  /** As Java takes it; Spark counts in MiB what has no unit. */
  static String heap(String size) {
    Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Cannot read the driver's memory '%s' (%s): expected a size such as 512m or 4g."
              .formatted(size, MEMORY));
    }
    return matcher.group(1) + (matcher.group(2).isEmpty() ? "m" : matcher.group(2));
  }

  /** A text's words, parted by blanks outside of quotes. */
  static List<String> words(String text) {
    return WORD.matcher(text).results().map(word -> word.group().replaceAll("[\"']", "")).toList();
  }
}
