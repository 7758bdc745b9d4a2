package dev.kindling.cluster.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code cluster.json} in a cluster's folder: there whole or not at all. */
final class ClusterStateFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ClusterFolder folder;

  ClusterStateFile(ClusterFolder folder) {
    this.folder = folder;
  }

  /** A field that the file must have, absent or with a value that makes no sense. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  void write(ClusterState state) {
    try {
      PrivateFile.write(
          folder.stateFile(),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson(state)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The state; empty when there is no such cluster.
   *
   * @throws KindlingException RECORD_INVALID when the file is damaged or of a newer version
   */
  Optional<ClusterState> read() {
    byte[] content;
    try {
      content = Files.readAllBytes(folder.stateFile());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return Optional.of(fromJson(JSON.readTree(content)));
    } catch (Malformed | IllegalArgumentException | DateTimeException e) {
      throw invalid(e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw invalid(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KindlingException invalid(String reason, Exception cause) {
    Path file = folder.stateFile();
    return new KindlingException(
        ErrorCode.RECORD_INVALID,
        ("Cannot read the state of cluster '%s' in %s: %s. End its processes, if any run (they have"
                + " -Dkindling.cluster=%s on their command lines), and delete that file.")
            .formatted(folder.name(), file, reason, folder.name()),
        cause);
  }

  private ObjectNode toJson(ClusterState state) {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", ClusterState.VERSION);
    json.put("name", state.name());
    json.put("createdAt", state.createdAt().toString());
    json.put("host", state.host());
    json.put("masterUrl", state.masterUrl());
    json.put("secure", state.secure());
    if (state.secure()) {
      json.put("secretFile", folder.secretProperties().toString());
    }
    json.put("driverProperties", folder.driverProperties().toString());
    json.put("eventLog", folder.events().toString());
    for (Member member : state.members()) {
      json.withArrayProperty("processes").add(toJson(member));
    }
    return json;
  }

  private ObjectNode toJson(Member member) {
    Daemon daemon = member.daemon();
    ObjectNode json = JSON.createObjectNode();
    json.put("name", daemon.name());
    json.put("role", daemon.role().word());
    json.put("pid", member.process().pid());
    json.put("startedAt", member.process().startedAt().toString());
    json.put("host", daemon.host());
    json.put("port", daemon.port());
    daemon.webPort().ifPresent(port -> json.put("webPort", port));
    daemon.url().ifPresent(url -> json.put("url", url));
    daemon.restPort().ifPresent(port -> json.put("restPort", port));
    if (daemon.size().isPresent()) {
      json.put("cores", daemon.size().get().cores());
      json.put("memoryBytes", daemon.size().get().memoryBytes());
    }
    json.put("log", folder.log(daemon.name()).toString());
    return json;
  }

  private ClusterState fromJson(JsonNode json) {
    int version = json.path("version").asInt(0);
    if (version != ClusterState.VERSION) {
      throw new Malformed(
          "its version is %s (accepted: %d)"
              .formatted(json.path("version").asText("missing"), ClusterState.VERSION));
    }
    List<Member> members = new ArrayList<>();
    json.path("processes").forEach(member -> members.add(member(member)));
    return new ClusterState(
        folder.name(),
        Instant.parse(text(json, "createdAt")),
        text(json, "host"),
        text(json, "masterUrl"),
        json.path("secure").asBoolean(),
        members);
  }

  private static Member member(JsonNode json) {
    Role role = Role.valueOf(text(json, "role").toUpperCase(Locale.ROOT));
    Optional<WorkerSize> size =
        role == Role.WORKER
            ? Optional.of(new WorkerSize((int) number(json, "cores"), number(json, "memoryBytes")))
            : Optional.empty();
    return new Member(
        new Daemon(
            text(json, "name"),
            role,
            text(json, "host"),
            (int) number(json, "port"),
            port(json, "webPort"),
            port(json, "restPort"),
            size),
        new ProcessIdentity(number(json, "pid"), Instant.parse(text(json, "startedAt"))));
  }

  private static String text(JsonNode json, String field) {
    if (!json.path(field).isTextual()) {
      throw new Malformed("the field '" + field + "' is missing or no text");
    }
    return json.get(field).asText();
  }

  private static long number(JsonNode json, String field) {
    if (!json.path(field).isIntegralNumber()) {
      throw new Malformed("the field '" + field + "' is missing or no whole number");
    }
    return json.get(field).asLong();
  }

  private static OptionalInt port(JsonNode json, String field) {
    return json.has(field) ? OptionalInt.of((int) number(json, field)) : OptionalInt.empty();
  }
}
