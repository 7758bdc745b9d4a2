package dev.kindling.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A process that publishes three outputs again and again until it is killed. */
final class PublishLoop {
  static final String OVERWRITTEN = "out/overwritten";
  static final String NESTED = "out/deep/nested";
  static final String APPENDED = "out/appended";

  private PublishLoop() {}

  /** Arguments: the project folder and the number of the first version. */
  public static void main(String[] arguments) throws IOException {
    ProjectDirectory project = ProjectDirectory.of(Path.of(arguments[0]));
    try (ProjectLock lock = ProjectLock.acquire(project, "publish loop")) {
      Recovery.recover(lock);
      for (int version = Integer.parseInt(arguments[1]); ; version++) {
        System.out.println(version);
        RunId run = RunId.next(Clock.systemUTC());
        try (Staging staging = Staging.begin(lock, run);
            TemporaryFolder temporary = TemporaryFolder.create(project, run)) {
          Versions.write(temporary.folder("spill"), version);
          List<StagedOutput> outputs = new ArrayList<>();
          outputs.add(stage(staging, OVERWRITTEN, PublishMode.OVERWRITE, version));
          outputs.add(stage(staging, NESTED, PublishMode.OVERWRITE, version));
          outputs.add(stage(staging, APPENDED, PublishMode.APPEND, version));
          Publisher.publish(lock, run, outputs);
        }
      }
    }
  }

  private static StagedOutput stage(Staging staging, String target, PublishMode mode, int version)
      throws IOException {
    StagedOutput output = staging.forTarget(target, Path.of(target), mode).orElseThrow();
    Versions.write(output.staging(), version);
    return output;
  }
}
