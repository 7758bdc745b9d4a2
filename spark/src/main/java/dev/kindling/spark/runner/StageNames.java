package dev.kindling.spark.runner;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/** What a stage does, in the words of Spark's plans; its own name is a line of Spark's code. */
final class StageNames {
  // They say how, not what.
  private static final Pattern FRAMES =
      Pattern.compile("WholeStageCodegen.*|AQEShuffleRead|InputAdapter|map.*|Execute .*");

  private StageNames() {}

  static String of(StageInfo stage) {
    List<String> steps =
        CollectionConverters.asJava(stage.rddInfos()).stream()
            .sorted((a, b) -> Integer.compare(a.id(), b.id()))
            .flatMap(rdd -> step(rdd).stream())
            .distinct()
            .toList();
    return steps.isEmpty() ? stage.name() : String.join(" → ", steps);
  }

  private static List<String> step(RDDInfo rdd) {
    if (rdd.scope().isEmpty()) {
      return List.of();
    }
    String name = rdd.scope().get().name().strip();
    return FRAMES.matcher(name).matches() ? List.of() : List.of(name);
  }
}
