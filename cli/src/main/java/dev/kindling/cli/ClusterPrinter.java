package dev.kindling.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kindling.cluster.local.Cluster;
import dev.kindling.cluster.local.ClusterStatus;
import dev.kindling.cluster.local.Daemon;
import dev.kindling.cluster.local.MemberStatus;
import dev.kindling.cluster.local.Role;
import dev.kindling.runtime.MemorySize;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** A cluster and its processes, as a table for people or as JSON. */
final class ClusterPrinter {
  private ClusterPrinter() {}

  static void print(
      Cluster cluster, ClusterStatus status, ClusterCommands.Form form, PrintStream out) {
    switch (form) {
      case TEXT -> {
        out.println(line(cluster, status));
        status.members().forEach(member -> out.println(row(member)));
      }
      case JSON -> out.println(json(cluster, status));
    }
  }

  private static String line(Cluster cluster, ClusterStatus status) {
    return "Cluster '%s' is %s: %s, %s of %s and %s in all, %s"
        .formatted(
            cluster.name(),
            word(status.health()),
            cluster.masterUrl(),
            Texts.count(cluster.state().members(Role.WORKER).size(), "worker"),
            Texts.count(cluster.cores(), "core"),
            MemorySize.show(cluster.memoryBytes()),
            Texts.count(status.activeApplications(), "application"));
  }

  private static String row(MemberStatus status) {
    Daemon daemon = status.member().daemon();
    return String.format(
            Locale.ROOT,
            "  %-11s %-15s pid %-8d %-21s %s",
            daemon.name(),
            status.state(),
            status.member().process().pid(),
            daemon.host() + ":" + daemon.port(),
            daemon.url().orElse(""))
        .stripTrailing();
  }

  private static String json(Cluster cluster, ClusterStatus status) {
    return JsonWriter.object(
        json -> {
          json.writeStringField("name", cluster.name());
          json.writeStringField("health", word(status.health()));
          json.writeStringField("masterUrl", cluster.masterUrl());
          optional(json, "restUrl", cluster.restUrl());
          optional(json, "historyUrl", cluster.historyUrl());
          json.writeBooleanField("secure", cluster.state().secure());
          optional(json, "secretFile", cluster.secretFile().map(Object::toString));
          json.writeStringField("driverProperties", cluster.driverProperties().toString());
          json.writeStringField("eventLog", cluster.events().toString());
          json.writeNumberField("cores", cluster.cores());
          json.writeNumberField("coresUsed", status.coresUsed());
          json.writeNumberField("memoryBytes", cluster.memoryBytes());
          json.writeNumberField("activeApplications", status.activeApplications());
          json.writeArrayFieldStart("processes");
          for (MemberStatus member : status.members()) {
            write(cluster, member, json);
          }
          json.writeEndArray();
        });
  }

  private static void write(Cluster cluster, MemberStatus status, JsonGenerator json)
      throws IOException {
    Daemon daemon = status.member().daemon();
    json.writeStartObject();
    json.writeStringField("name", daemon.name());
    json.writeStringField("role", daemon.role().word());
    json.writeBooleanField("alive", status.alive());
    json.writeStringField("state", status.state());
    json.writeNumberField("pid", status.member().process().pid());
    json.writeStringField("startedAt", status.member().process().startedAt().toString());
    json.writeStringField("host", daemon.host());
    json.writeNumberField("port", daemon.port());
    optional(json, "url", daemon.url());
    if (daemon.size().isPresent()) {
      json.writeNumberField("cores", daemon.size().get().cores());
      json.writeNumberField("memoryBytes", daemon.size().get().memoryBytes());
    }
    json.writeStringField("log", cluster.folder().log(daemon.name()).toString());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String field, java.util.Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(field, value.get());
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
