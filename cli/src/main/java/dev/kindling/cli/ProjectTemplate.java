package dev.kindling.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A project to begin with, kept in this program's resources. */
enum ProjectTemplate {
  /** CSV files that are read, checked, joined and summed up. */
  ETL("data/orders.csv", "data/customers.csv"),
  /** Queries in files of their own. */
  SQL("data/visits.csv", "sql/sessions.sql", "sql/pages.sql"),
  /** A table that a class computes. */
  JAVA("data/measurements.csv", "src/Smoothing.java");

  private final List<String> files;

  ProjectTemplate(String... files) {
    this.files = List.of(files);
  }

  /**
   * The text of each file by its path.
   *
   * @param name of the project
   */
  Map<String, String> files(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    String folder = "init/" + name().toLowerCase(java.util.Locale.ROOT) + "/";
    texts.put("kindling.yaml", text(folder + "kindling.yaml", name));
    for (String file : files) {
      texts.put(file, text(folder + file, name));
    }
    texts.put("README.md", text(folder + "README.md", name));
    texts.put(".gitignore", text("init/gitignore", name));
    return texts;
  }

  /** The source files that have to be compiled before the pipeline runs. */
  List<String> sources() {
    return files.stream().filter(file -> file.endsWith(".java")).toList();
  }

  private static String text(String resource, String name) {
    try (InputStream in = ProjectTemplate.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@NAME@", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
