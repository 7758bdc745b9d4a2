package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.spark.protocol.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/**
 * What of a cluster is free at the moment, and who holds the rest, from the page of its master.
 *
 * @param rooms what each living worker has free
 * @param holders the applications and drivers that hold something
 */
record Occupancy(List<Room> rooms, List<String> holders) {
  Occupancy {
    rooms = List.copyOf(rooms);
    holders = List.copyOf(holders);
  }

  /** What one worker has free. */
  record Room(int cores, int memoryMb) {
    @Override
    public String toString() {
      return "%s and %d MB".formatted(coresOf(cores), memoryMb);
    }
  }

  /** Reads the page in the form that masters have for programs. */
  static Occupancy of(JsonNode page) {
    List<Room> rooms = new ArrayList<>();
    for (JsonNode worker : page.path("workers")) {
      if (worker.path("state").asText().equals("ALIVE")) {
        rooms.add(new Room(worker.path("coresfree").asInt(), worker.path("memoryfree").asInt()));
      }
    }
    List<String> holders = new ArrayList<>();
    for (JsonNode one : page.path("activeapps")) {
      if (one.path("cores").asInt() > 0) {
        holders.add(
            "application '%s' (%s) of user %s: %s, %d MB an executor"
                .formatted(
                    one.path("name").asText(),
                    one.path("id").asText(),
                    one.path("user").asText(),
                    coresOf(one.path("cores").asInt()),
                    one.path("memoryperexecutor").asInt()));
      }
    }
    for (JsonNode one : page.path("activedrivers")) {
      holders.add(
          "driver %s: %s, %d MB"
              .formatted(
                  one.path("id").asText(),
                  coresOf(one.path("cores").asInt()),
                  one.path("memory").asInt()));
    }
    return new Occupancy(rooms, holders);
  }

  /**
   * Says at once what Spark leaves to patience: that no executor can start now.
   *
   * @param application with all settings of its executors
   * @throws TargetProblem TARGET_RESOURCES
   */
  void check(SparkConf application) {
    int memoryMb = (int) application.getSizeAsMb("spark.executor.memory", "1g");
    int cores = application.getInt("spark.executor.cores", 1);
    if (rooms.stream().anyMatch(room -> room.cores >= cores && room.memoryMb >= memoryMb)) {
      return;
    }
    throw new TargetProblem(
        Failure.Kind.TARGET_RESOURCES,
        ("No executor can start on %s now: one takes %s and %d MB, and the workers have free: %s."
                + " It is held by:%n  %s%nRun again when that has ended, ask for less"
                + " (spark.executor.memory, spark.executor.cores), or add a worker.")
            .formatted(
                application.get("spark.master"),
                coresOf(cores),
                memoryMb,
                rooms.stream()
                    .sorted(Comparator.comparing(Room::cores).thenComparing(Room::memoryMb))
                    .map(Room::toString)
                    .collect(Collectors.joining("; ")),
                holders.isEmpty()
                    ? "nobody whom the master names"
                    : String.join(System.lineSeparator() + "  ", holders)),
        null);
  }

  private static String coresOf(int count) {
    return count == 1 ? "1 core" : count + " cores";
  }
}
