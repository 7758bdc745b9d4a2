package dev.kindling.spark.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Apache Spark in a child process. {@link #start} returns at once, so that Spark warms up while the
 * caller does other work; the first request waits for it. Requests run one at a time, in the order
 * of the calls. Safe for use by several threads.
 *
 * <p>A child whose parent is gone, however it went, ends by itself.
 */
public final class SparkProcess implements AutoCloseable {
  /** How long a cancelled request may take to stop before the process is killed. */
  private static final Duration CANCEL_GRACE = Duration.ofSeconds(15);

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(8);

  private final SparkSettings settings;
  private final Process process;
  private final Writer requests;
  private final CompletableFuture<Ready> ready = new CompletableFuture<>();

  /** An empty element means that the child will say no more. */
  private final BlockingQueue<Optional<Wire.Said>> replies = new LinkedBlockingQueue<>();

  private final ReentrantLock turn = new ReentrantLock(true);
  private final long startedNanos = System.nanoTime();

  /** Guards writing to the child and the two numbers below. */
  private final Object requestLock = new Object();

  private long lastId;
  private long runningId;
  private volatile boolean closing;

  private SparkProcess(SparkSettings settings, Process process) {
    this.settings = settings;
    this.process = process;
    this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
  }

  /**
   * Starts the child and returns while it comes up.
   *
   * @throws KindlingException if the program cannot be started, or its folders cannot be created
   */
  public static SparkProcess start(SparkSettings settings) {
    requireNonNull(settings, "settings is null");
    Process process;
    try {
      Files.createDirectories(CommandLine.temporary(settings));
      Files.createDirectories(settings.log().toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(CommandLine.of(settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
      Map<String, String> environment = builder.environment();
      environment.putAll(settings.environment());
      // Spark otherwise looks the machine's own name up, which takes seconds where that name has
      // no address.
      String address = settings.conf().getOrDefault("spark.driver.bindAddress", LOOPBACK);
      environment.put("SPARK_LOCAL_IP", address);
      environment.put("SPARK_LOCAL_HOSTNAME", address.equals(LOOPBACK) ? "localhost" : address);
      // This would win over the scratch folder of the settings.
      environment.remove("SPARK_LOCAL_DIRS");
      // Without a locale Java 17 cannot open a file whose name is not ASCII.
      if (!environment.containsKey("LC_ALL")
          && !environment.containsKey("LC_CTYPE")
          && !environment.containsKey("LANG")) {
        environment.put("LC_ALL", "C.UTF-8");
      }
      process = builder.start();
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.SPARK_PROCESS,
          "Cannot start Spark's process with the Java at %s: %s."
              .formatted(settings.javaHome(), e.getMessage()),
          e);
    }
    SparkProcess spark = new SparkProcess(settings, process);
    Thread reader = new Thread(spark::readReplies, "spark-replies");
    reader.setDaemon(true);
    reader.start();
    // A child that dies at once breaks the pipe; whoever waits for it is told why.
    Optional<IOException> broken =
        spark.send(
            new Wire.Asked(0, new Launch(settings.conf(), settings.scratch(), settings.cores())));
    broken.ifPresent(e -> spark.process.destroy());
    return spark;
  }

  /**
   * Waits until the session is up.
   *
   * @throws KindlingException if it does not come up before the deadline, or its process ends, or
   *     this thread is interrupted
   */
  public Ready awaitReady() {
    long left = settings.startDeadline().toNanos() - (System.nanoTime() - startedNanos);
    try {
      return ready.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw ProcessEnd.late(settings, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KindlingException failure) {
        throw new KindlingException(failure.code(), failure.getMessage(), failure);
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /** What the child said when it came up; empty while it is not, and when it never will be. */
  public Optional<Ready> ready() {
    return ready.isDone() && !ready.isCompletedExceptionally()
        ? Optional.of(ready.join())
        : Optional.empty();
  }

  /** Starts a fresh session; see {@link Open}. */
  public Outcome open(Map<String, String> conf) {
    return run(new Open(conf));
  }

  /** Runs a request and waits for its end. See {@link #run(Request, Consumer)}. */
  public Outcome run(Request request) {
    return run(request, progress -> {});
  }

  /**
   * Runs a request and waits for its end. An interrupt of the calling thread cancels the request;
   * the process then stays usable if Spark stops within seconds, and is killed if it does not.
   *
   * @param request any but {@link Launch}, {@link Cancel} and {@link Close}
   * @param progress is called on this thread, a few times per second at most
   * @return how it ended
   * @throws KindlingException if the process ends before it answers, or this thread is interrupted
   */
  public Outcome run(Request request, Consumer<Progress> progress) {
    requireNonNull(request, "request is null");
    requireNonNull(progress, "progress is null");
    if (request instanceof Launch || request instanceof Cancel || request instanceof Close) {
      throw new IllegalArgumentException("Not a request to run: " + request);
    }
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    try {
      long id;
      synchronized (requestLock) {
        lastId++;
        id = lastId;
        runningId = id;
      }
      // Sent at once, so that a child that comes up knows that somebody waits and does not warm up.
      boolean gone = send(new Wire.Asked(id, request)).isPresent();
      try {
        awaitReady();
      } catch (KindlingException e) {
        cancel();
        throw e;
      }
      if (gone) {
        throw ended();
      }
      return await(id, progress);
    } finally {
      synchronized (requestLock) {
        runningId = 0;
      }
      turn.unlock();
    }
  }

  /** Cancels the request that runs now, for another thread; no effect when none does. */
  public void cancel() {
    synchronized (requestLock) {
      if (runningId != 0) {
        send(new Wire.Asked(0, new Cancel(runningId)));
      }
    }
  }

  /** Whether the child runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  /** How it was started. */
  public SparkSettings settings() {
    return settings;
  }

  /**
   * Ends the child and waits for its end, some seconds at most; then it is killed. A request that
   * still runs in another thread fails there. Closing twice has no effect.
   */
  @Override
  public void close() {
    closing = true;
    send(new Wire.Asked(0, new Close()));
    closeRequests();
    boolean ended = false;
    try {
      ended = process.waitFor(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
    }
  }

  /** Closes the pipe to the child, as the end of this process does. */
  void closeRequests() {
    synchronized (requestLock) {
      try {
        requests.close();
      } catch (IOException e) {
        // The child is gone: nothing is left to close.
        return;
      }
    }
  }

  private Outcome await(long id, Consumer<Progress> progress) {
    InterruptedException interrupt = null;
    while (true) {
      Optional<Wire.Said> reply;
      try {
        if (interrupt == null) {
          reply = replies.take();
        } else {
          reply = replies.poll(CANCEL_GRACE.toMillis(), TimeUnit.MILLISECONDS);
          if (reply == null) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw interrupted(interrupt);
          }
        }
      } catch (InterruptedException e) {
        if (interrupt != null) {
          process.destroyForcibly();
          Thread.currentThread().interrupt();
          throw interrupted(e);
        }
        interrupt = e;
        cancel();
        continue;
      }
      if (reply.isEmpty()) {
        // The next caller finds it too.
        replies.add(Optional.empty());
        if (interrupt != null) {
          Thread.currentThread().interrupt();
          throw interrupted(interrupt);
        }
        throw ended();
      }
      Wire.Said said = reply.get();
      if (said.id() != id) {
        continue;
      }
      if (said.message() instanceof Progress step) {
        if (interrupt == null) {
          progress.accept(step);
        }
      } else if (said.message() instanceof Outcome outcome) {
        if (interrupt != null) {
          Thread.currentThread().interrupt();
          throw interrupted(interrupt);
        }
        return outcome;
      }
    }
  }

  private Optional<IOException> send(Wire.Asked asked) {
    synchronized (requestLock) {
      try {
        requests.write(Wire.line(asked));
        requests.write('\n');
        requests.flush();
        return Optional.empty();
      } catch (IOException e) {
        return Optional.of(e);
      }
    }
  }

  private void readReplies() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accept(line);
      }
    } catch (IOException e) {
      // The pipe broke: the same as its end.
      appendToLog("The pipe from Spark's process broke: " + e.getMessage());
    } finally {
      ready.completeExceptionally(ended());
      replies.add(Optional.empty());
    }
  }

  private void accept(String line) {
    Wire.Said said;
    try {
      said = Wire.message(line);
    } catch (IOException e) {
      // The virtual machine itself may print here in spite of its options, for instance on a crash.
      appendToLog(line);
      return;
    }
    if (said.message() instanceof Ready up) {
      ready.complete(up);
    } else if (said.id() == 0 && said.message() instanceof Failure failure) {
      ready.completeExceptionally(ProcessEnd.failedStart(settings, failure));
    } else {
      replies.add(Optional.of(said));
    }
  }

  private void appendToLog(String line) {
    try {
      Files.writeString(
          settings.log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Losing a line of the log must not lose the query.
      return;
    }
  }

  /** Waits for the child's end, which is near once its pipe is closed, and tells about it. */
  private KindlingException ended() {
    boolean gone;
    try {
      gone = process.waitFor(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return interrupted(e);
    }
    if (!gone) {
      process.destroyForcibly();
    }
    if (closing) {
      return new KindlingException(
          ErrorCode.INTERRUPTED, "Spark's process was closed before it answered.");
    }
    return ProcessEnd.describe(
        settings, gone ? Optional.of(process.exitValue()) : Optional.empty());
  }

  private static KindlingException interrupted(Exception cause) {
    return new KindlingException(ErrorCode.INTERRUPTED, "The query on Spark was cancelled.", cause);
  }

  /** The path of the child's log, for messages. */
  public Path log() {
    return settings.log();
  }
}
