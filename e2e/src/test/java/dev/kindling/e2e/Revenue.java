package dev.kindling.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.e2e.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Copies of the example {@code examples/revenue}, with the orders of one month in the place of six,
 * and the rows that they write.
 */
final class Revenue {
  private static final List<String> TABLES = List.of("best_customers", "monthly", "sales", "trend");

  private static final int MONTHS = 1;

  private Revenue() {}

  /**
   * Makes a copy.
   *
   * @param targets the YAML of targets, which the example has none of
   */
  static Path copy(Path project, String targets) throws IOException {
    Folders.copy(Cli.root().resolve("examples/revenue"), project);
    Path orders = project.resolve("data/orders");
    for (String file : Folders.names(orders).stream().skip(MONTHS).toList()) {
      Files.delete(orders.resolve(file));
    }
    Files.writeString(
        project.resolve("kindling.yaml"),
        targets.isEmpty() ? "" : "\ntargets:\n" + targets.indent(2),
        StandardOpenOption.APPEND);
    return project;
  }

  /** The rows that the embedded engine writes, as {@link #rows} gives them. */
  static String embedded(Path project) throws IOException {
    copy(project, "");
    Result run = Cli.in(project).run("run", ".", "--engine", "embedded");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String rows = rows(project);
    assertThat(rows.lines().count()).isGreaterThan(40);
    return rows;
  }

  /** The rows of all outputs of a copy, each table sorted. */
  static String rows(Path project) {
    return rows(project, project.resolve("out").toString());
  }

  /** The same of outputs that are elsewhere. */
  static String rows(Path project, String out) {
    String sql =
        TABLES.stream()
            .map(table -> out + "/" + table)
            .map("SELECT * FROM parquet.`%s` ORDER BY ALL;"::formatted)
            .collect(Collectors.joining("\n"));
    Result rows = Cli.in(project).run("sql", "--output", "csv", "-e", sql);
    assertThat(rows.exitCode()).as(rows.err()).isZero();
    return rows.out();
  }
}
