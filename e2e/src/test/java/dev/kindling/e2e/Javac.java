package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Compiles classes as users of {@code java:} tables do. */
final class Javac {
  private Javac() {}

  /** Compiles sources against what {@code kindling classpath} names, into a folder. */
  static void compile(Path classes, Path... sources) throws IOException {
    Files.createDirectories(classes);
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-cp", Cli.in(classes).run("classpath").out().strip()));
    words.addAll(List.of("-d", classes.toString()));
    for (Path source : sources) {
      words.add(source.toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(new String[0]));
    assertThat(code).isZero();
  }
}
