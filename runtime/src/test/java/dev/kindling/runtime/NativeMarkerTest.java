package dev.kindling.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeMarkerTest {
  @TempDir Path folder;

  @Test
  void namesWhatRunsAndForgetsItAfterwards() throws IOException {
    Path file = folder.resolve("running");
    NativeMarker marker = NativeMarker.from(Map.of("KINDLING_MARKER", file.toString()));

    assertThat(marker.crashedIn()).isEmpty();
    marker.enter("statement 3");
    assertThat(Files.readString(file)).isEqualTo("statement 3");
    marker.leave();
    assertThat(file).doesNotExist();
  }

  @Test
  void tellsTheNextProcessWhatCrashed() {
    Path file = folder.resolve("running");
    Map<String, String> first = Map.of("KINDLING_MARKER", file.toString());
    NativeMarker.from(first).enter("table clean");

    NativeMarker again =
        NativeMarker.from(Map.of("KINDLING_MARKER", file.toString(), "KINDLING_CRASHED", "1"));
    assertThat(again.crashedIn()).contains("table clean");
    assertThat(NativeMarker.from(first).crashedIn()).isEmpty();
  }

  @Test
  void writesNothingWithoutALauncher() {
    NativeMarker marker = NativeMarker.from(Map.of());
    marker.enter("x");
    marker.leave();
    assertThat(folder).isEmptyDirectory();
  }
}
