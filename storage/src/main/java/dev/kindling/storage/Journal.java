package dev.kindling.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of outputs that a run is publishing. It exists exactly as long as publishing lasts: from
 * the moment when all outputs are complete in their staging folders until the last one is in its
 * place. A journal that is found later therefore means "go on from here".
 */
final class Journal {
  private static final int VERSION = 1;
  private static final String SUFFIX = ".json";

  private final ProjectDirectory project;
  private final Store store;

  Journal(ProjectDirectory project, Store store) {
    this.project = project;
    this.store = store;
  }

  Path file(RunId run) {
    return project.journal().resolve(run.value() + SUFFIX);
  }

  boolean isOpen(RunId run) throws IOException {
    return store.exists(file(run));
  }

  void open(RunId run, List<StagedOutput> outputs) throws IOException {
    OutputJson json = new OutputJson(project);
    byte[] content =
        Json.write(
            out -> {
              out.writeNumberField("version", VERSION);
              out.writeStringField("run", run.value());
              out.writeArrayFieldStart("outputs");
              for (StagedOutput output : outputs) {
                out.writeStartObject();
                json.writeFields(out, output);
                out.writeEndObject();
              }
              out.writeEndArray();
            });
    store.replace(file(run), project.journal().resolve(run.value() + ".tmp"), content);
    store.syncFolders(List.of(project.journal()));
  }

  void close(RunId run) throws IOException {
    store.delete(file(run));
    store.syncFolders(List.of(project.journal()));
  }

  /** Runs whose publishing has begun and not ended, oldest first. */
  List<RunId> openRuns() throws IOException {
    List<RunId> runs = new ArrayList<>();
    for (Path file : store.list(project.journal())) {
      String name = file.getFileName().toString();
      String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      if (name.endsWith(SUFFIX) && RunId.isValid(stem)) {
        runs.add(new RunId(stem));
      } else if (name.endsWith(".tmp")) {
        // its run was killed before it could publish anything
        store.delete(file);
      }
    }
    return runs;
  }

  /**
   * The outputs of a run, in the order of publishing.
   *
   * @throws KindlingException RECORD_INVALID if the journal is damaged or of a newer version
   */
  List<StagedOutput> outputs(RunId run) throws IOException {
    Path file = file(run);
    byte[] content = store.read(file);
    try {
      JsonNode json = Json.read(content);
      if (json.path("version").asInt() != VERSION) {
        throw new IOException("unknown version " + json.path("version"));
      }
      OutputJson reader = new OutputJson(project);
      List<StagedOutput> outputs = new ArrayList<>();
      for (JsonNode output : json.path("outputs")) {
        outputs.add(reader.read(output));
      }
      return outputs;
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.RECORD_INVALID,
          "Cannot read "
              + project.display(file)
              + ", the journal of a run that was interrupted while publishing: "
              + (e instanceof JsonProcessingException json
                  ? json.getOriginalMessage()
                  : e.getMessage())
              + ". Run the version of Kindling that wrote it; or remove the file to give up the"
              + " outputs of that run that are not published yet.",
          e);
    }
  }
}
