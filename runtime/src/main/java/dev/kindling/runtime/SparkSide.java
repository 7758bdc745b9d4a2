package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.model.record.SettingRecord;
import dev.kindling.spark.protocol.Failure;
import dev.kindling.spark.protocol.Outcome;
import dev.kindling.spark.protocol.Progress;
import dev.kindling.spark.protocol.Ready;
import dev.kindling.spark.protocol.Request;
import dev.kindling.spark.protocol.Result;
import dev.kindling.spark.protocol.SparkProcess;
import dev.kindling.spark.protocol.SparkSettings;
import dev.kindling.spark.protocol.TargetSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The Spark child of a command: started when it is first needed, or earlier when a plan already
 * shows that it will be, and told then what happened in the session so far. Used by one thread;
 * {@link #cancel} may come from any.
 */
public final class SparkSide implements AutoCloseable {
  // Spark does not start with less than 450 MB, and does nothing useful with so little.
  private static final long SMALLEST_HEAP = 768L << 20;

  private static final Duration TARGET_START = Duration.ofMinutes(5);

  private final Path folder;
  private final Map<String, String> conf;
  private final OptionalLong heapBytes;
  private final OptionalInt cores;
  private final Supplier<List<Path>> jars;
  private Optional<Target> target;
  // What a child that starts later must repeat, in order.
  private final List<Supplier<Request>> history = new ArrayList<>();
  private volatile Optional<SparkProcess> process = Optional.empty();
  private int repeated;

  /**
   * @param folder of this command's own, for the child's scratch files and its log
   * @param conf settings of the session at its start
   * @param target where the child's application runs; empty for the child alone
   * @param jars classes of the user's for the child and for its executors; asked when it starts
   */
  public SparkSide(
      Path folder,
      Map<String, String> conf,
      OptionalLong heapBytes,
      OptionalInt cores,
      Optional<Target> target,
      Supplier<List<Path>> jars) {
    this.folder = folder;
    this.conf = Map.copyOf(conf);
    this.heapBytes = heapBytes;
    this.cores = cores;
    this.target = target;
    this.jars = jars;
  }

  /**
   * Has the child run its application on a target from now on. One that runs elsewhere is ended,
   * and the next is told what happened so far.
   */
  public void moveTo(Target other) {
    process.ifPresent(SparkProcess::close);
    process = Optional.empty();
    repeated = 0;
    target = Optional.of(other);
  }

  /** Whether the child was started. */
  public boolean started() {
    return process.isPresent();
  }

  /** Starts the child, if it is not, and returns while it comes up. */
  public void startEarly() {
    if (process.isPresent()) {
      return;
    }
    SparkInstallation installation =
        target.map(TargetSpark::of).orElseGet(SparkInstallation::ofThisProcess);
    List<Path> classPath = new ArrayList<>(installation.classPath());
    classPath.addAll(jars.get());
    SparkSettings settings =
        SparkSettings.of(classPath, folder.resolve("spark"), folder.resolve("spark.log"))
            .withConf(target.isPresent() ? onTarget(target.get()) : conf)
            .withEnvironment(installation.environment());
    if (target.isPresent()) {
      // A cluster's own waits, for an image or for room, have limits and errors of their own.
      settings = settings.withStartDeadline(TARGET_START);
    }
    if (heapBytes.isPresent()) {
      settings = settings.withHeapBytes(Math.max(heapBytes.getAsLong(), SMALLEST_HEAP));
    }
    if (cores.isPresent()) {
      settings = settings.withCores(cores.getAsInt());
    }
    if (installation.archive().isPresent()) {
      settings = settings.withSharedArchive(installation.archive().get());
    }
    process = Optional.of(SparkProcess.start(settings));
  }

  private Map<String, String> onTarget(Target known) {
    Map<String, String> all = new LinkedHashMap<>(Targets.conf(known, conf));
    for (Path jar : jars.get()) {
      all.merge("spark.jars", jar.toString(), (before, one) -> before + "," + one);
    }
    return all;
  }

  /**
   * Starts the child, if it is not, and waits until its application has what it needs: a master
   * that takes it, an executor.
   *
   * @throws KindlingException when it does not come up
   */
  public void awaitStart() {
    startEarly();
    process.get().awaitReady();
  }

  /**
   * What was decided for the application because of its target; of a child that is not up yet, what
   * is known without asking the target's master.
   */
  public List<SettingRecord> decided() {
    Optional<Ready> ready = process.flatMap(SparkProcess::ready);
    if (ready.isPresent()) {
      return ready.get().decided();
    }
    return target
        .map(known -> TargetSettings.of(known.master(), Targets.given(known, conf)))
        .orElse(List.of());
  }

  /**
   * Notes a change of the session: a view, a setting. A child that runs is told with the next
   * request, one that starts later then.
   */
  public void change(Request request) {
    history.add(() -> request);
  }

  /** Like {@link #change(Request)}; the request is made when the child is told. */
  public void change(Supplier<Request> request) {
    history.add(request);
  }

  /**
   * Runs a request in a session that knows all changes so far.
   *
   * @throws KindlingException when the child cannot start, ends, or refuses one of the changes
   */
  public Outcome ask(Request request) {
    return ask(request, progress -> {});
  }

  /** Like {@link #ask(Request)}; the consumer hears of progress on this thread. */
  public Outcome ask(Request request, Consumer<Progress> progress) {
    if (Interruption.requested()) {
      throw new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.");
    }
    startEarly();
    SparkProcess spark = process.get();
    while (repeated < history.size()) {
      Request change = history.get(repeated).get();
      repeated++;
      orThrow(spark.run(change));
    }
    return spark.run(request, progress);
  }

  /** Like {@link #ask(Request)}, with a failure thrown. */
  public Result get(Request request) {
    return orThrow(ask(request));
  }

  /** The result, or the failure as an exception. */
  public static Result orThrow(Outcome outcome) {
    if (outcome instanceof Failure failure) {
      throw failure.kind() == Failure.Kind.CANCELLED
          ? new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.")
          : failure.toException();
    }
    return (Result) outcome;
  }

  /** Stops the request that runs. */
  public void cancel() {
    process.ifPresent(SparkProcess::cancel);
  }

  @Override
  public void close() {
    process.ifPresent(SparkProcess::close);
  }
}
