package dev.kindling.e2e.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answers of an API server with objects in memory, with what Spark and a kubelet need beyond
 * those of its base: server-side apply, pods that wait at first, logs, and questions about rights.
 */
final class ApiServer extends KubernetesCrudDispatcher {
  private static final Pattern LOG = Pattern.compile(".*/pods/([^/]+)/log(\\?.*)?");
  private static final Pattern NAMESPACED = Pattern.compile(".*/namespaces/([^/]+)/.*");
  private static final String REVIEW = "/selfsubjectaccessreviews";

  private final Function<String, Path> logs;

  /**
   * @param logs by the name of a pod, the file that it prints to
   */
  ApiServer(Function<String, Path> logs) {
    this.logs = logs;
  }

  @Override
  public MockResponse handleCreate(RecordedRequest request) {
    if (request.getPath().endsWith(REVIEW)) {
      return review(request);
    }
    return super.handleCreate(
        request.getPath().matches(".*/pods(\\?.*)?") ? waiting(request) : request);
  }

  /** The same with a pod that no node has taken yet, as it is at first. */
  private static RecordedRequest waiting(RecordedRequest request) {
    ObjectNode pod = (ObjectNode) json(request);
    pod.putObject("status").put("phase", "Pending").put("startTime", Instant.now().toString());
    return new RecordedRequest(
        request.getHttpVersion(),
        request.method(),
        request.getPath(),
        request.getHeaders(),
        new Buffer(pod.toString().getBytes(UTF_8)));
  }

  /** Everything is allowed, but in the namespace that is there to be refused. */
  private static MockResponse review(RecordedRequest request) {
    ObjectNode review = (ObjectNode) json(request);
    boolean allowed =
        !SmallCluster.FORBIDDEN_NAMESPACE.equals(
            review.at("/spec/resourceAttributes/namespace").asText());
    review.putObject("status").put("allowed", allowed);
    return new MockResponse().setResponseCode(201).setBody(review.toString());
  }

  @Override
  public MockResponse handleGet(String path) {
    Matcher log = LOG.matcher(path);
    if (!log.matches()) {
      return super.handleGet(path);
    }
    try {
      return new MockResponse()
          .setResponseCode(200)
          .setBody(Files.readString(logs.apply(log.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MockResponse handlePatch(RecordedRequest request) {
    String type = request.getHeader("Content-Type");
    if (type == null || !type.startsWith("application/apply-patch")) {
      return super.handlePatch(request);
    }
    String path = request.getPath().replaceFirst("\\?.*", "");
    AttributeSet key = getKey(path);
    if (findResource(key) != null) {
      return super.handlePatch(request);
    }
    ObjectNode object = (ObjectNode) json(request);
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    Matcher namespaced = NAMESPACED.matcher(path);
    if (namespaced.matches()) {
      metadata.put("namespace", namespaced.group(1));
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Instant.now().toString());
    metadata.put("resourceVersion", Long.toString(requestResourceVersion()));
    String text = object.toString();
    processEvent(
        path, key, null, Serialization.unmarshal(text, GenericKubernetesResource.class), text);
    return new MockResponse().setResponseCode(201).setBody(text);
  }

  private static JsonNode json(RecordedRequest request) {
    try {
      return Serialization.yamlMapper().readTree(request.getUtf8Body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
