package dev.kindling.runtime.profile;

import dev.kindling.runtime.script.ScriptListener;
import dev.kindling.runtime.script.ScriptRunner;
import dev.kindling.runtime.script.StatementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs statements of our own and keeps their few rows. */
final class Answers implements ScriptListener {
  private static final Path ORIGIN = Path.of("profile");

  private final Consumer<String> talk;
  private final List<List<Optional<String>>> rows = new ArrayList<>();

  Answers(Consumer<String> talk) {
    this.talk = talk;
  }

  /** The rows of a query; none of a statement that gives none. */
  List<List<Optional<String>>> to(String statement, ScriptRunner runner) {
    rows.clear();
    runner.run(statement, ORIGIN);
    return List.copyOf(rows);
  }

  @Override
  public void result(StatementResult result) {
    int columns = result.columns().size();
    result
        .rows()
        .forEach(
            row -> {
              List<Optional<String>> cells = new ArrayList<>();
              for (int c = 0; c < columns; c++) {
                cells.add(row.isNull(c) ? Optional.empty() : Optional.of(row.text(c)));
              }
              rows.add(cells);
            });
  }

  @Override
  public void talk(String line) {
    talk.accept(line);
  }
}
