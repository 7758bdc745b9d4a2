package dev.kindling.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;

/** A Kubernetes cluster of this process. */
public final class SmallCluster implements AutoCloseable {
  /** An image whose name starts so is not to be had. */
  public static final String MISSING_IMAGE = "missing";

  /** A namespace in which nobody may do anything. */
  public static final String FORBIDDEN_NAMESPACE = "forbidden";

  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final Kubelet kubelet;

  /**
   * Starts one with the namespaces {@code default} and {@link #FORBIDDEN_NAMESPACE}.
   *
   * @param folder for the pods' files and logs
   * @param classPath what Spark's image has
   * @param options of the Java of every container
   */
  public SmallCluster(Path folder, List<Path> classPath, List<String> options) throws IOException {
    Files.createDirectories(folder);
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new ApiServer(pod -> folder.resolve(pod + ".log")),
            false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    client = server.createClient();
    for (String name : List.of("default", FORBIDDEN_NAMESPACE)) {
      client
          .namespaces()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    kubelet = new Kubelet(client, folder, new ContainerCommand(classPath, options));
  }

  /** What an application gives as {@code spark.master}. */
  public String master() {
    return "k8s://http://127.0.0.1:" + server.getPort();
  }

  /** To look at what is there. */
  public KubernetesClient client() {
    return client;
  }

  /** The processes of pods with this in their name. */
  public List<ProcessHandle> processes(String part) {
    return kubelet.processes(part);
  }

  @Override
  public void close() {
    kubelet.close();
    client.close();
    server.destroy();
  }
}
