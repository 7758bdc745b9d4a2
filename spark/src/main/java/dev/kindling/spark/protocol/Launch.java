package dev.kindling.spark.protocol;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

/**
 * The first line the child reads. It is sent by {@link SparkProcess} itself and goes through the
 * pipe, not through the command line, because settings may hold secrets and a command line is
 * visible to every user of the machine.
 *
 * @param conf settings of the Spark context and of its first session; they win over the runner's
 *     own defaults
 * @param scratch folder for the warehouse and Spark's temporary files; the caller deletes it
 * @param cores number of task threads
 */
public record Launch(Map<String, String> conf, Path scratch, int cores) implements Request {
  public Launch {
    conf = Map.copyOf(conf);
    requireNonNull(scratch, "scratch is null");
    if (cores < 1) {
      throw new IllegalArgumentException("cores must be at least 1, was " + cores);
    }
  }

  @Override
  public String toString() {
    return "Launch[conf=%s, scratch=%s, cores=%d]".formatted(conf.keySet(), scratch, cores);
  }
}
