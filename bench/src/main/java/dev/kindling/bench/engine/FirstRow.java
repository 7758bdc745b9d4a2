package dev.kindling.bench.engine;

import java.util.List;

/**
 * The shortest program with an engine in it: starts, runs one query, prints its rows, ends. What a
 * cold start costs is the life of this process.
 */
public final class FirstRow {
  private FirstRow() {}

  /** Arguments: those of {@link EngineMain}, then the SQL text. */
  public static void main(String[] args) throws Exception {
    BenchEngine engine = EngineMain.start(args);
    for (List<String> row : engine.run(args[4]).rows().rows()) {
      System.out.println(String.join("\t", row));
    }
    System.out.flush();
    engine.close();
    System.exit(0);
  }
}
