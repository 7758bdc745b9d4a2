package dev.kindling.runtime.submit;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.Masters;
import dev.kindling.model.pipeline.Target;
import dev.kindling.model.process.SparkInstallation;
import dev.kindling.runtime.Interruption;
import dev.kindling.runtime.Scratch;
import dev.kindling.runtime.TargetSpark;
import dev.kindling.runtime.Targets;
import dev.kindling.spark.protocol.SubmitCall;
import dev.kindling.spark.protocol.SubmitOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Runs applications: looks at what can be looked at here, then starts a process that asks the
 * master and goes on as spark-submit.
 */
public final class Submissions {
  private static final String BIND_ADDRESS = "spark.driver.bindAddress";

  private static final String UPLOAD = "spark.kubernetes.file.upload.path";
  private static final Set<String> ADDRESSES = Set.of(BIND_ADDRESS, "spark.driver.host");

  private Submissions() {}

  /**
   * Runs one to its end, or to where it is handed over when it is not to be followed. Ctrl-C ends
   * the application.
   *
   * @param out gets what the application prints; its standard error and input are this process's
   * @throws KindlingException when it is not started, or was interrupted
   */
  public static SubmitEnd run(
      Submission submission, Map<String, String> environment, OutputStream out) throws IOException {
    new ApplicationCheck(submission).run();
    if (submission.isPython()) {
      PythonCheck.run(submission, environment);
    }
    SparkInstallation spark = TargetSpark.of(submission.target());
    Map<String, String> conf = Targets.conf(submission.completeTarget(), Map.of());
    String address = conf.getOrDefault(BIND_ADDRESS, "127.0.0.1");
    if (submission.onCluster()) {
      requireCluster(submission);
      // They are this machine's, and the driver runs elsewhere.
      conf.keySet().removeIf(key -> ADDRESSES.contains(key) && submission.setting(key).isEmpty());
    }
    // A right to look at pages, which the application has no use for.
    conf.remove(Target.PAGE_TOKEN);
    if (!submission.onCluster()) {
      PortCheck.run(conf);
    }
    Path folder = Files.createTempDirectory("kindling-submit");
    try (Scratch scratch = Scratch.at(folder)) {
      SubmitCall call =
          new SubmitCall(scratch.folder(), address, submission.follow(), arguments(submission));
      writePrivately(call.properties(), conf);
      List<String> command = SubmitCommandLine.of(spark, submission);
      command.addAll(call.words());
      ProcessBuilder process = new ProcessBuilder(command);
      process.environment().putAll(spark.environment());
      if (!submission.onCluster()) {
        // Spark warns where it has to guess. A driver on the cluster would inherit it.
        process
            .environment()
            .putIfAbsent("SPARK_LOCAL_IP", conf.getOrDefault(BIND_ADDRESS, address));
      }
      int exitCode = run(process, out);
      return end(exitCode, SubmitOutcome.read(call.outcome()));
    }
  }

  private static void requireCluster(Submission submission) {
    if (Masters.isLocal(submission.target().master())) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "--deploy-mode cluster needs a cluster for the driver to run on, and the master is '%s' (accepted: spark://host:7077, k8s://https://host:6443, yarn)."
              .formatted(submission.target().master()));
    }
    if (Masters.isKubernetes(submission.target().master())
        && !submission.application().contains("://")
        && submission.setting(UPLOAD).isEmpty()) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "The driver's pod cannot read this machine's %s. Name it as its image has it, such as local:///opt/app.jar, or name a store to which it is copied, such as s3a://bucket/apps, with %s."
              .formatted(submission.application(), UPLOAD));
    }
  }

  private static List<String> arguments(Submission submission) {
    List<String> arguments = new ArrayList<>();
    submission.mainClass().ifPresent(name -> arguments.addAll(List.of("--class", name)));
    if (submission.supervise()) {
      arguments.add("--supervise");
    }
    if (submission.verbose()) {
      arguments.add("--verbose");
    }
    arguments.add(submission.application());
    arguments.addAll(submission.arguments());
    return arguments;
  }

  private static void writePrivately(Path file, Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownerOnly);
    try (OutputStream stream = Files.newOutputStream(file)) {
      properties.store(stream, null);
    }
  }

  private static int run(ProcessBuilder builder, OutputStream out) throws IOException {
    Process process =
        builder
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Interruption.Registration end = Interruption.onInterrupt(process::destroy)) {
      copy(process.getInputStream(), out);
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } finally {
      process.destroy();
    }
  }

  // Line by line for who looks on: nothing waits here for more to come.
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 13];
    for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
      to.write(buffer, 0, length);
      to.flush();
    }
  }

  private static SubmitEnd end(int exitCode, Optional<SubmitOutcome> outcome) {
    if (Interruption.requested()) {
      throw interrupted();
    }
    if (outcome.isPresent() && outcome.get() instanceof SubmitOutcome.Refused refused) {
      throw new KindlingException(refused.code(), refused.message());
    }
    if (outcome.isPresent() && outcome.get() instanceof SubmitOutcome.Driver driver) {
      return driver.failed()
          ? new SubmitEnd(1, Optional.of(driver.id()), driver.state())
          : SubmitEnd.of(exitCode);
    }
    return SubmitEnd.of(exitCode);
  }

  private static KindlingException interrupted() {
    return new KindlingException(ErrorCode.INTERRUPTED, "Interrupted.");
  }
}
