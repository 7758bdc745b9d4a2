package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.runtime.script.ScriptListener;
import dev.kindling.runtime.script.ScriptOptions;
import dev.kindling.runtime.script.ScriptRunner;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The engine of a shell, which comes up while the first line is typed. */
final class ShellSession implements AutoCloseable {
  private final CompletableFuture<ScriptRunner> opening;

  ShellSession(ScriptOptions options, Optional<Pipeline> pipeline, ScriptListener listener) {
    opening =
        CompletableFuture.supplyAsync(
            () -> {
              ScriptRunner runner = ScriptRunner.open(options, listener);
              pipeline.ifPresent(runner::addTables);
              runner.warm();
              return runner;
            },
            task -> new Thread(task, "kindling-shell-open").start());
  }

  /**
   * The engine, once it is up.
   *
   * @throws KindlingException when it does not come up
   */
  ScriptRunner get() {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KindlingException known
          ? known
          : new KindlingException(ErrorCode.INTERNAL, e.getCause().toString(), e.getCause());
    }
  }

  /** The engine, if it is up. */
  Optional<ScriptRunner> ifOpen() {
    return opening.isDone() && !opening.isCompletedExceptionally()
        ? Optional.of(opening.join())
        : Optional.empty();
  }

  @Override
  public void close() {
    opening
        .exceptionally(e -> null)
        .thenAccept(
            runner -> {
              if (runner != null) {
                runner.close();
              }
            })
        .join();
  }
}
