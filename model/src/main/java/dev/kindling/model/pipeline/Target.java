package dev.kindling.model.pipeline;

import static java.util.Objects.requireNonNull;

import dev.kindling.model.Redaction;
import java.util.Map;

/**
 * A Spark that a pipeline may run on, by a name of its own.
 *
 * @param name as the user calls it
 * @param master Spark's master: {@code spark://host:7077}, {@code local[4]}, …
 * @param conf settings of the application there, in file order
 */
public record Target(String name, String master, Map<String, String> conf) {
  /** A setting with a token that the page of the target's master asks for; none of Spark's own. */
  public static final String PAGE_TOKEN = "spark.kindling.page.token";

  public Target {
    requireNonNull(name, "name is null");
    requireNonNull(master, "master is null");
    conf = Copies.ordered(conf);
  }

  /** Like any record's, but without the values of secrets. */
  @Override
  public String toString() {
    return "Target[name=%s, master=%s, conf=%s]".formatted(name, master, Redaction.redact(conf));
  }
}
