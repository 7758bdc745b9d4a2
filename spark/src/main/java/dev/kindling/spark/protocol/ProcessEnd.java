package dev.kindling.spark.protocol;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.process.LogTail;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says why the child ended, and what to do about it. */
final class ProcessEnd {
  private static final int LINES = 12;

  /** Exit code of a virtual machine that ends because its heap is full. */
  private static final int JVM_OUT_OF_MEMORY = 3;

  /** Spark's own exit code for the same. */
  private static final int SPARK_OUT_OF_MEMORY = 52;

  /** A process that ends by a signal has this plus the signal's number as its exit code. */
  private static final int SIGNAL_BASE = 128;

  private static final int SIGKILL = 9;

  /** What the message says whole, without a log. */
  private static final Set<Failure.Kind> TARGET_PROBLEMS =
      EnumSet.of(
          Failure.Kind.TARGET_UNREACHABLE,
          Failure.Kind.TARGET_REFUSED,
          Failure.Kind.TARGET_RESOURCES);

  private ProcessEnd() {}

  static KindlingException describe(SparkSettings settings, Optional<Integer> exitCode) {
    List<String> log = LogTail.lines(settings.log(), LINES);
    if (outOfMemory(exitCode, log)) {
      return new KindlingException(
          ErrorCode.OUT_OF_MEMORY,
          ("Spark ran out of memory with a heap of %s. Give it more with a larger memory setting, or"
                  + " make the query need less.%s")
              .formatted(size(settings.heapBytes()), quote(settings)));
    }
    return new KindlingException(
        ErrorCode.SPARK_PROCESS,
        "Spark's process ended before it answered: %s.%s%s"
            .formatted(how(exitCode), advice(settings, exitCode), quote(settings)));
  }

  static KindlingException late(SparkSettings settings, Exception cause) {
    return new KindlingException(
        ErrorCode.SPARK_PROCESS,
        ("Spark did not start within %d seconds; its process was ended. If the machine is busy, try"
                + " again.%s")
            .formatted(settings.startDeadline().toSeconds(), quote(settings)),
        cause);
  }

  static KindlingException failedStart(SparkSettings settings, Failure failure) {
    if (TARGET_PROBLEMS.contains(failure.kind())) {
      return failure.toException();
    }
    return new KindlingException(
        ErrorCode.SPARK_PROCESS,
        "Spark could not start its session: %s%s"
            .formatted(sentence(failure.message()), quote(settings)));
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private static boolean outOfMemory(Optional<Integer> exitCode, List<String> log) {
    int code = exitCode.orElse(0);
    return code == SPARK_OUT_OF_MEMORY
        || (code == JVM_OUT_OF_MEMORY
            && log.stream().anyMatch(line -> line.contains("OutOfMemoryError")));
  }

  private static String how(Optional<Integer> exitCode) {
    if (exitCode.isEmpty()) {
      return "it closed its pipe and did not end by itself";
    }
    int code = exitCode.get();
    if (code <= SIGNAL_BASE || code > SIGNAL_BASE + 64) {
      return "exit code " + code;
    }
    int signal = code - SIGNAL_BASE;
    return switch (signal) {
      case 6 -> "signal 6 (SIGABRT), a crash of the virtual machine";
      case SIGKILL -> "signal 9 (SIGKILL), killed from outside";
      case 11 -> "signal 11 (SIGSEGV), a crash of the virtual machine";
      case 15 -> "signal 15 (SIGTERM), asked to stop from outside";
      default -> "signal " + signal;
    };
  }

  private static String advice(SparkSettings settings, Optional<Integer> exitCode) {
    if (exitCode.isPresent() && exitCode.get() == SIGNAL_BASE + SIGKILL) {
      return (" If nobody killed it, the system did because memory was short: its heap may grow to"
              + " %s, so use a smaller heap or free memory, and run again.")
          .formatted(size(settings.heapBytes()));
    }
    return "";
  }

  private static String quote(SparkSettings settings) {
    return LogTail.quote(settings.log(), LINES);
  }

  private static String size(long bytes) {
    long mib = bytes >> 20;
    return mib % 1024 == 0 ? (mib / 1024) + " GiB" : mib + " MiB";
  }
}
