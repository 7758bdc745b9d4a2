package dev.kindling.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs the pods of all namespaces as processes, and tells the API server how they are. */
final class Kubelet implements AutoCloseable {
  private final KubernetesClient client;
  private final Path folder;
  private final ContainerCommand commands;
  private final Path hosts;
  private final Map<String, Process> running = new ConcurrentHashMap<>();
  private final ExecutorService work = Executors.newCachedThreadPool();
  private volatile boolean closed;

  Kubelet(KubernetesClient client, Path folder, ContainerCommand commands) throws IOException {
    this.client = client;
    this.folder = folder;
    this.commands = commands;
    this.hosts = folder.resolve("hosts");
    Files.writeString(
        hosts,
        "%s localhost %s%n"
            .formatted(ContainerCommand.POD_ADDRESS, InetAddress.getLocalHost().getHostName()));
    client.services().inAnyNamespace().inform(new Added<>(this::name));
    client.pods().inAnyNamespace().inform(new Pods());
  }

  /** The processes of pods with this in their name. */
  java.util.List<ProcessHandle> processes(String part) {
    return running.entrySet().stream()
        .filter(pod -> pod.getKey().contains(part))
        .map(pod -> pod.getValue().toHandle())
        .toList();
  }

  /** What a pod printed. */
  Path log(String pod) {
    return folder.resolve(pod + ".log");
  }

  // The cluster's DNS: every service is this machine.
  private void name(Service service) {
    String name = service.getMetadata().getName();
    String namespace = service.getMetadata().getNamespace();
    try {
      Files.writeString(
          hosts,
          "127.0.0.1 %1$s.%2$s.svc %1$s.%2$s.svc.cluster.local%n".formatted(name, namespace),
          java.nio.file.StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Pod pod) {
    String name = pod.getMetadata().getName();
    Container container = pod.getSpec().getContainers().get(0);
    if (container.getImage().startsWith(SmallCluster.MISSING_IMAGE)) {
      status(
          pod,
          "Pending",
          new ContainerStatusBuilder()
              .withReady(false)
              .withNewState()
              .withNewWaiting()
              .withReason("ErrImagePull")
              .withMessage("there is no image " + container.getImage())
              .endWaiting()
              .endState());
      return;
    }
    try {
      Mounts mounts = Mounts.of(pod, container, client, folder.resolve(name));
      ProcessBuilder builder =
          new ProcessBuilder(commands.of(container, mounts, hosts))
              .directory(mounts.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log(name).toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_"));
      builder.environment().putAll(mounts.environment());
      Process process = builder.start();
      running.put(name, process);
      status(
          pod,
          "Running",
          new ContainerStatusBuilder()
              .withReady(true)
              .withStarted(true)
              .withNewState()
              .withNewRunning()
              .endRunning()
              .endState());
      process.onExit().thenAcceptAsync(ended -> ended(pod, ended.exitValue()), work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ended(Pod pod, int exitCode) {
    running.remove(pod.getMetadata().getName());
    if (!closed) {
      status(
          pod,
          exitCode == 0 ? "Succeeded" : "Failed",
          new ContainerStatusBuilder()
              .withReady(false)
              .withNewState()
              .withNewTerminated()
              .withExitCode(exitCode)
              .withReason(exitCode == 0 ? "Completed" : "Error")
              .endTerminated()
              .endState());
    }
  }

  private void status(Pod pod, String phase, ContainerStatusBuilder container) {
    ContainerStatus status =
        container
            .withName(pod.getSpec().getContainers().get(0).getName())
            .withImage(pod.getSpec().getContainers().get(0).getImage())
            .withRestartCount(0)
            .build();
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .editStatus(
              current ->
                  new PodBuilder(current)
                      .editOrNewStatus()
                      .withPhase(phase)
                      .withPodIP(ContainerCommand.POD_ADDRESS)
                      .withContainerStatuses(status)
                      .withConditions(
                          new PodConditionBuilder()
                              .withType("Ready")
                              .withStatus(status.getReady() ? "True" : "False")
                              .build())
                      .endStatus()
                      .build());
    } catch (KubernetesClientException | NullPointerException e) {
      // The pod was deleted meanwhile.
      return;
    }
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Process::destroyForcibly);
    work.shutdownNow();
  }

  private final class Pods implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      work.execute(() -> run(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod after) {}

    @Override
    public void onDelete(Pod pod, boolean finalStateUnknown) {
      Process process = running.get(pod.getMetadata().getName());
      if (process != null) {
        process.destroy();
      }
    }
  }

  private record Added<T>(java.util.function.Consumer<T> action)
      implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      action.accept(object);
    }

    @Override
    public void onUpdate(T before, T after) {}

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {}
  }
}
