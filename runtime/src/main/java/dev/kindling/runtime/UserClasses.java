package dev.kindling.runtime;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import dev.kindling.model.pipeline.ClassPathEntry;
import dev.kindling.model.pipeline.Pipeline;
import dev.kindling.model.pipeline.Suggestions;
import dev.kindling.spark.protocol.TableMethod;
import dev.kindling.storage.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The classes that a pipeline brings along, in folders and jars. They are looked at here and run in
 * the Spark child and on its executors.
 */
public final class UserClasses {
  private static final String CLASS = ".class";

  private final List<ClassPathEntry> entries;
  private final List<Path> paths;
  private final Path folder;
  private Optional<List<Path>> jars = Optional.empty();

  /**
   * @param folder of the run, where folders of classes are packed
   */
  public UserClasses(Pipeline pipeline, Path folder) {
    this.entries = pipeline.classPath();
    this.paths = entries.stream().map(entry -> Path.of(pipeline.resolve(entry.path()))).toList();
    this.folder = folder;
  }

  /**
   * Looks whether a class computes tables. It is not initialised.
   *
   * @param inputs how many tables it is to take
   * @throws KindlingException FILE_NOT_FOUND when an entry of the class path is not there;
   *     JAVA_CLASS when the class is not there, cannot be loaded or has no fitting method
   */
  public void check(String name, int inputs) {
    try (URLClassLoader loader = loader()) {
      TableMethod.find(Class.forName(name, false, loader), inputs);
    } catch (ClassNotFoundException e) {
      throw new KindlingException(ErrorCode.JAVA_CLASS, missing(name), e);
    } catch (LinkageError e) {
      throw new KindlingException(
          ErrorCode.JAVA_CLASS,
          "The class %s cannot be loaded: %s. This is Java %s."
              .formatted(name, e, Runtime.version().feature()),
          e);
    } catch (IOException e) {
      throw FileErrors.translate(e, "close the class path", folder);
    }
  }

  /**
   * All of them as jars, which executors can be sent; folders are packed once.
   *
   * @throws KindlingException FILE_NOT_FOUND when an entry of the class path is not there
   */
  public List<Path> jars() {
    if (jars.isEmpty()) {
      checkThere();
      List<Path> found = new ArrayList<>();
      for (Path path : paths) {
        found.add(Files.isDirectory(path) ? pack(path, found.size()) : path);
      }
      jars = Optional.of(List.copyOf(found));
    }
    return jars.get();
  }

  private void checkThere() {
    for (int i = 0; i < paths.size(); i++) {
      if (!Files.exists(paths.get(i))) {
        throw new KindlingException(
            ErrorCode.FILE_NOT_FOUND,
            "%s: There is no folder and no jar '%s' (classpath). Build it first, or correct the path."
                .formatted(entries.get(i).position(), paths.get(i)));
      }
    }
  }

  private URLClassLoader loader() {
    checkThere();
    try {
      List<URL> urls = new ArrayList<>();
      for (Path path : paths) {
        urls.add(path.toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(new URL[0]), UserClasses.class.getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String missing(String name) {
    if (entries.isEmpty()) {
      return "There is no class %s: the pipeline file names no 'classpath', such as classpath: target/classes."
          .formatted(name);
    }
    TreeSet<String> names = names();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String meant =
        names.stream()
            .filter(other -> other.endsWith("." + simple))
            .findFirst()
            .map(other -> ". Did you mean '" + other + "'?")
            .orElseGet(() -> Suggestions.didYouMean(name, names));
    return "There is no class %s in %s (%s)%s"
        .formatted(
            name,
            String.join(", ", entries.stream().map(ClassPathEntry::path).toList()),
            names.isEmpty() ? "no classes are there" : names.size() + " classes are there",
            meant);
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Path path : paths) {
      try {
        if (Files.isDirectory(path)) {
          try (Stream<Path> files = Files.walk(path)) {
            files.forEach(file -> addName(path.relativize(file).toString(), names));
          }
        } else {
          try (JarFile jar = new JarFile(path.toFile())) {
            jar.stream().forEach(entry -> addName(entry.getName(), names));
          }
        }
      } catch (IOException e) {
        throw FileErrors.translate(e, "look for classes in", path);
      }
    }
    return names;
  }

  private static void addName(String file, TreeSet<String> names) {
    if (file.endsWith(CLASS) && !file.contains("$") && !file.startsWith("META-INF")) {
      names.add(
          file.substring(0, file.length() - CLASS.length()).replace('/', '.').replace('\\', '.'));
    }
  }

  private Path pack(Path classes, int number) {
    Path jar = folder.resolve("classes-" + number + ".jar");
    try (Stream<Path> files = Files.walk(classes);
        OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        packed.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, packed);
        packed.closeEntry();
      }
      return jar;
    } catch (IOException e) {
      throw FileErrors.translate(e, "pack the classes of " + classes + " into", jar);
    }
  }
}
