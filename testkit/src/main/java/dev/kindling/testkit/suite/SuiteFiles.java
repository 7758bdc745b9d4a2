package dev.kindling.testkit.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of Spark's SQL tests, which the build takes out of Spark's test artifact. */
final class SuiteFiles {
  private SuiteFiles() {}

  /** All files, sorted by name. */
  static List<SuiteFile> all() {
    return names().stream()
        .map(name -> SuiteFile.parse(name, text(name), SuiteFiles::text))
        .toList();
  }

  private static List<String> names() {
    URL inputs = SuiteFiles.class.getResource("sql-tests/inputs");
    try {
      URI uri = inputs.toURI();
      if (!uri.getScheme().equals("jar")) {
        return below(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return below(jar.getPath(uri.toString().substring(uri.toString().indexOf('!') + 1)));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static String text(String name) {
    return new String(bytes("sql-tests/inputs/" + name), StandardCharsets.UTF_8);
  }

  /** Puts a data file of the tests into a folder. */
  static Path data(String name, Path folder) {
    try {
      return Files.write(folder.resolve(name), bytes("test-data/postgresql/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = SuiteFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("Spark's tests have no file " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
