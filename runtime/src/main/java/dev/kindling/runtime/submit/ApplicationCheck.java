package dev.kindling.runtime.submit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** Looks at an application's files before a process is started for it. */
final class ApplicationCheck {
  private static final List<String> FILE_LISTS =
      List.of("spark.jars", "spark.files", "spark.submit.pyFiles", "spark.archives");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");
  private static final int MOST_CANDIDATES = 5;

  private final Submission submission;

  ApplicationCheck(Submission submission) {
    this.submission = submission;
  }

  /**
   * Looks at what lies on this machine; files elsewhere are Spark's to find.
   *
   * @throws KindlingException FILE_NOT_FOUND, FILE_CORRUPT; USAGE when there is no class to start
   */
  void run() {
    if (submission.application().endsWith(".R")) {
      throw usage(
          "Cannot run '%s': applications in R are not supported (accepted: APP.jar, app.py)."
              .formatted(submission.application()));
    }
    Optional<Path> file = local(submission.application());
    file.ifPresent(found -> exists(found, "the application"));
    for (String key : FILE_LISTS) {
      for (String one : files(key)) {
        // What is unpacked is named behind a #.
        local(one.replaceFirst("#.*", "")).ifPresent(found -> exists(found, key));
      }
    }
    if (file.isPresent() && !submission.isPython()) {
      jar(file.get());
    }
  }

  private void exists(Path file, String what) {
    if (!Files.exists(file)) {
      throw new KindlingException(
          ErrorCode.FILE_NOT_FOUND,
          "There is no file '%s' (%s). Looked in %s."
              .formatted(file, what, file.toAbsolutePath().normalize().getParent()));
    }
    if (Files.isDirectory(file)) {
      throw usage("'%s' (%s) is a folder: expected a file.".formatted(file, what));
    }
  }

  private void jar(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      String main =
          submission
              .mainClass()
              .or(() -> ofManifest(jar))
              .orElseThrow(
                  () ->
                      usage(
                          "The manifest of %s names no main class. Give one with --class%s"
                              .formatted(file, candidates(jar))));
      if (!contains(jar, main) && !mayBeElsewhere(main)) {
        throw usage(
            "There is no class %s in %s. Give one that is there with --class%s"
                .formatted(main, file, candidates(jar)));
      }
    } catch (ZipException e) {
      throw new KindlingException(
          ErrorCode.FILE_CORRUPT,
          "Cannot read %s as a jar: %s. Expected APP.jar or app.py."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Optional<String> ofManifest(JarFile jar) {
    try {
      return Optional.ofNullable(jar.getManifest())
          .map(Manifest::getMainAttributes)
          .map(attributes -> attributes.getValue("Main-Class"))
          .map(String::strip);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean contains(JarFile jar, String name) {
    return jar.getEntry(name.replace('.', '/') + ".class") != null;
  }

  // Spark looks into the other jars as well, and nobody but Spark knows those of other machines.
  private boolean mayBeElsewhere(String main) {
    if (submission.setting("spark.jars.packages").isPresent()
        || submission.setting("spark.driver.extraClassPath").isPresent()) {
      return true;
    }
    for (String one : files("spark.jars")) {
      Optional<Path> file = local(one);
      if (file.isEmpty()) {
        return true;
      }
      try (JarFile jar = new JarFile(file.get().toFile())) {
        if (contains(jar, main)) {
          return true;
        }
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  private static String candidates(JarFile jar) {
    List<String> found = new ArrayList<>();
    for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
      String name = entry.getName();
      if (name.endsWith(".class") && !name.startsWith("META-INF") && hasMain(jar, entry)) {
        found.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        if (found.size() == MOST_CANDIDATES) {
          break;
        }
      }
    }
    return found.isEmpty()
        ? ". No class in it has a main method."
        : " (with a main method: " + String.join(", ", found) + ").";
  }

  // The name and the type of the method are in the class file as they are in the source.
  private static boolean hasMain(JarFile jar, JarEntry entry) {
    try (InputStream in = jar.getInputStream(entry)) {
      String text = new String(in.readAllBytes(), ISO_8859_1);
      return text.contains("\u0001\u0000\u0004main") && text.contains("([Ljava/lang/String;)V");
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> files(String key) {
    return submission.setting(key).stream()
        .flatMap(text -> Pattern.compile(",").splitAsStream(text))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The file of this machine that a text names; empty for another machine's, or a pattern. */
  private static Optional<Path> local(String text) {
    try {
      if (text.startsWith("file:")) {
        return Optional.of(Path.of(URI.create(text).getPath()));
      }
      return SCHEME.matcher(text).matches() || GLOB.matcher(text).matches()
          ? Optional.empty()
          : Optional.of(Path.of(text));
    } catch (IllegalArgumentException e) {
      throw usage("'%s' is no path: %s".formatted(text, e.getMessage()));
    }
  }

  private static KindlingException usage(String message) {
    return new KindlingException(ErrorCode.USAGE, message);
  }
}
