package dev.kindling.cluster.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Master says about its cluster.
 *
 * @param status {@code ALIVE}, {@code STANDBY}, {@code RECOVERING}, {@code COMPLETING_RECOVERY}
 * @param workers all that it remembers, dead ones among them
 */
record MasterPage(String status, int activeApplications, List<WorkerEntry> workers) {
  static final String ALIVE = "ALIVE";

  MasterPage {
    workers = List.copyOf(workers);
  }

  /** A Worker as its Master sees it. */
  record WorkerEntry(
      String host, int port, String state, int cores, int coresUsed, long memoryBytes) {}

  /** What a Master says at the moment; empty when it does not answer. */
  static Optional<MasterPage> read(Daemon master, Optional<String> token) {
    return Page.read(master.url().orElseThrow(), token).map(MasterPage::parse);
  }

  static MasterPage parse(JsonNode json) {
    List<WorkerEntry> workers = new ArrayList<>();
    for (JsonNode worker : json.path("workers")) {
      workers.add(
          new WorkerEntry(
              worker.path("host").asText(),
              worker.path("port").asInt(),
              worker.path("state").asText(),
              worker.path("cores").asInt(),
              worker.path("coresused").asInt(),
              // Spark counts a Worker's memory in mebibytes.
              worker.path("memory").asLong() << 20));
    }
    return new MasterPage(json.path("status").asText(), json.path("activeapps").size(), workers);
  }

  boolean isAlive() {
    return status.equals(ALIVE);
  }

  /**
   * The state of a Worker. A Worker that was started again at the same address is there twice; what
   * counts is the living one.
   */
  Optional<String> state(Daemon worker) {
    List<String> states =
        workers.stream()
            .filter(entry -> entry.host().equals(worker.host()) && entry.port() == worker.port())
            .map(WorkerEntry::state)
            .toList();
    return states.contains(ALIVE) ? Optional.of(ALIVE) : states.stream().findFirst();
  }
}
