package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What a submission came to, beyond the exit code of an application that ran. */
public sealed interface SubmitOutcome {
  /** The application was not started, for a reason that has a name. */
  record Refused(ErrorCode code, String message) implements SubmitOutcome {
    public Refused {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }
  }

  /**
   * The driver runs or ran on the cluster.
   *
   * @param id as the master calls it
   * @param state the last one that the master told, such as {@code RUNNING} or {@code FAILED}
   */
  record Driver(String id, String state) implements SubmitOutcome {
    private static final Set<String> FAILURES = Set.of("FAILED", "ERROR", "KILLED", "UNKNOWN");

    public Driver {
      requireNonNull(id, "id is null");
      requireNonNull(state, "state is null");
    }

    /** Whether it ended, and not well. */
    public boolean failed() {
      return FAILURES.contains(state);
    }
  }

  /** Leaves it in a file. */
  default void write(Path file) {
    Properties properties = new Properties();
    if (this instanceof Refused refused) {
      properties.setProperty("code", refused.code().name());
      properties.setProperty("message", refused.message());
    } else if (this instanceof Driver driver) {
      properties.setProperty("driver", driver.id());
      properties.setProperty("state", driver.state());
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one; empty when none was left there. */
  static Optional<SubmitOutcome> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String driver = properties.getProperty("driver");
    if (driver != null) {
      return Optional.of(new Driver(driver, properties.getProperty("state")));
    }
    return Optional.of(
        new Refused(
            ErrorCode.valueOf(properties.getProperty("code")), properties.getProperty("message")));
  }
}
