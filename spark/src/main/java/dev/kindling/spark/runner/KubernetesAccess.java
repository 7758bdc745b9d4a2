package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Failure;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.SparkKubernetesClientFactory;
import scala.Enumeration;
import scala.Option;

/**
 * A namespace of a Kubernetes cluster, with the credentials of an application: its settings', or
 * else those of this machine's Kubernetes configuration.
 */
final class KubernetesAccess implements AutoCloseable {
  private static final String PREFIX = "k8s://";
  private static final Set<String> IMAGE_ERRORS =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String DRIVER_ACCOUNT =
      "spark.kubernetes.authenticate.driver.serviceAccountName";
  private static final String EXECUTOR_ACCOUNT =
      "spark.kubernetes.authenticate.executor.serviceAccountName";

  private final KubernetesClient client;
  private final SparkConf conf;
  private final String namespace;

  private KubernetesAccess(KubernetesClient client, SparkConf conf, String namespace) {
    this.client = client;
    this.conf = conf;
    this.namespace = namespace;
  }

  /** As the driver of an application that runs in this process has it. */
  static KubernetesAccess ofDriver(SparkConf conf) {
    return open(
        conf,
        "spark.kubernetes.authenticate",
        SparkKubernetesClientFactory.ClientType$.MODULE$.Driver());
  }

  /** As who submits an application has it, whose driver runs in a pod. */
  static KubernetesAccess ofSubmission(SparkConf conf) {
    return open(
        conf,
        "spark.kubernetes.authenticate.submission",
        SparkKubernetesClientFactory.ClientType$.MODULE$.Submission());
  }

  private static KubernetesAccess open(SparkConf conf, String prefix, Enumeration.Value type) {
    String namespace = conf.get("spark.kubernetes.namespace", "default");
    KubernetesClient client =
        SparkKubernetesClientFactory.createKubernetesClient(
            conf.get("spark.master").substring(PREFIX.length()),
            Option.apply(namespace),
            prefix,
            type,
            conf,
            Option.empty());
    return new KubernetesAccess(client, conf, namespace);
  }

  /**
   * Whether what an application makes may be made there.
   *
   * @throws TargetProblem when the cluster does not answer, or refuses
   */
  void check() {
    if (!exists(() -> client.namespaces().withName(namespace).get())) {
      throw refused("it has no namespace '" + namespace + "' (spark.kubernetes.namespace)");
    }
    List<String> denied = new ArrayList<>();
    Map.of(
            "pods",
            List.of("create", "get", "list", "watch", "delete"),
            "configmaps",
            List.of("create"))
        .forEach(
            (resource, verbs) ->
                verbs.stream()
                    .filter(verb -> !allows(verb, resource))
                    .forEach(verb -> denied.add(verb + " " + resource)));
    if (!denied.isEmpty()) {
      throw refused(
          "its credentials may not %s in namespace '%s'. A role with these rights is in rbac.yaml of 'kindling cluster files kubernetes'"
              .formatted(String.join(", ", denied), namespace));
    }
    account(DRIVER_ACCOUNT);
    account(EXECUTOR_ACCOUNT);
  }

  private boolean allows(String verb, String resource) {
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withVerb(verb)
            .withResource(resource)
            .endResourceAttributes()
            .endSpec()
            .build();
    return ask(() -> client.authorization().v1().selfSubjectAccessReview().create(review))
        .map(SelfSubjectAccessReview::getStatus)
        .map(status -> Boolean.TRUE.equals(status.getAllowed()))
        .orElse(false);
  }

  private void account(String key) {
    if (!conf.contains(key)) {
      return;
    }
    String name = conf.get(key);
    if (!exists(() -> client.serviceAccounts().inNamespace(namespace).withName(name).get())) {
      throw refused(
          "namespace '%s' has no service account '%s' (%s)".formatted(namespace, name, key));
    }
  }

  /** A pod of the namespace; empty when there is none of that name. */
  Optional<Pod> pod(String name) {
    return ask(() -> client.pods().inNamespace(namespace).withName(name).get());
  }

  /** The pods of an application's executors. */
  List<Pod> executors(String application) {
    return ask(() ->
            client
                .pods()
                .inNamespace(namespace)
                .withLabels(Map.of("spark-app-selector", application, "spark-role", "executor"))
                .list()
                .getItems())
        .orElse(List.of());
  }

  void delete(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
  }

  /** The last lines that a pod printed; empty when the cluster does not give them. */
  Optional<String> log(String pod, int lines) {
    try {
      return Optional.ofNullable(
          client.pods().inNamespace(namespace).withName(pod).tailingLines(lines).getLog());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  String namespace() {
    return namespace;
  }

  /** Whether the node of a pod cannot get its image, or may not. */
  static boolean hasNoImage(Pod pod) {
    return waiting(pod).map(ContainerStateWaiting::getReason).anyMatch(IMAGE_ERRORS::contains);
  }

  private static Stream<ContainerStateWaiting> waiting(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getWaiting)
        .filter(Objects::nonNull);
  }

  /** What state a pod is in, and what it waits for. */
  static String describe(Pod pod) {
    List<String> parts = new ArrayList<>();
    parts.add(Objects.toString(pod.getStatus().getPhase(), "not looked at yet"));
    waiting(pod)
        .forEach(
            container ->
                parts.add(
                    container.getReason() + " " + Objects.toString(container.getMessage(), "")));
    for (PodCondition condition : pod.getStatus().getConditions()) {
      if ("False".equals(condition.getStatus()) && condition.getMessage() != null) {
        parts.add(condition.getReason() + " " + condition.getMessage());
      }
    }
    return String.join("; ", parts);
  }

  /** Whether there is such a thing; true when these credentials may not know. */
  private boolean exists(Supplier<?> question) {
    return ask(() -> {
          try {
            return Optional.ofNullable(question.get()).isPresent();
          } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
              return true;
            }
            throw e;
          }
        })
        .orElse(true);
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    try {
      return Optional.ofNullable(question.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == UNAUTHORIZED) {
        throw refused("it does not know the credentials: " + e.getMessage());
      } else if (e.getCode() == FORBIDDEN) {
        throw refused("its credentials do not suffice: " + e.getMessage());
      }
      throw new TargetProblem(
          Failure.Kind.TARGET_UNREACHABLE,
          "The API server of %s does not answer as one: %s"
              .formatted(conf.get("spark.master"), Objects.toString(e.getMessage(), "" + e)),
          e);
    }
  }

  private TargetProblem refused(String why) {
    return new TargetProblem(
        Failure.Kind.TARGET_REFUSED,
        "The cluster %s does not take the application: %s."
            .formatted(conf.get("spark.master"), why),
        null);
  }

  @Override
  public void close() {
    client.close();
  }
}
