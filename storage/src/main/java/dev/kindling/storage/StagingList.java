package dev.kindling.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a run created outside of {@code .kindling}, one line of JSON each, written
 * before the folder is made. So the next command finds whatever a killed run left.
 */
final class StagingList {
  static final String SUFFIX = ".staging";

  private final ProjectDirectory project;
  private final Store store;

  StagingList(ProjectDirectory project, Store store) {
    this.project = project;
    this.store = store;
  }

  /**
   * One line.
   *
   * @param createdParents folders above the staging folder that did not exist, outermost first
   */
  record Entry(StagedOutput output, List<Path> createdParents) {
    Entry {
      createdParents = List.copyOf(createdParents);
    }
  }

  Path file(RunId run) {
    return project.tmp().resolve(run.value() + SUFFIX);
  }

  void add(RunId run, Entry entry) throws IOException {
    OutputJson json = new OutputJson(project);
    store.append(
        file(run),
        Json.write(
            out -> {
              json.writeFields(out, entry.output());
              out.writeArrayFieldStart("createdParents");
              for (Path parent : entry.createdParents()) {
                out.writeString(json.write(parent));
              }
              out.writeEndArray();
            }));
  }

  /** All entries of a run; none if the run has no list. */
  List<Entry> read(RunId run) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!store.exists(file(run))) {
      return entries;
    }
    OutputJson reader = new OutputJson(project);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte next : store.read(file(run))) {
      if (next != '\n') {
        line.write(next);
        continue;
      }
      JsonNode json = Json.read(line.toByteArray());
      line.reset();
      List<Path> parents = new ArrayList<>();
      for (JsonNode parent : json.path("createdParents")) {
        parents.add(reader.path(parent.asText()));
      }
      entries.add(new Entry(reader.read(json), parents));
    }
    // A last line without its end was being written when the run was killed; its folder was never
    // made.
    return entries;
  }

  void delete(RunId run) throws IOException {
    store.delete(file(run));
  }
}
