package dev.kindling.spark.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kindling.spark.protocol.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Asks one executor of each host of an application what it sees of the file system. */
final class Reachability {
  private Reachability() {}

  /** For each thing that a host does not see, the host and the path. */
  static List<List<JsonNode>> missing(SparkContext context, Reach reach) throws IOException {
    // By path, the text that the file must have; a path without one must exist.
    Map<String, String> expected = new LinkedHashMap<>();
    reach.inputs().forEach(path -> expected.put(path, ""));
    Map<Path, Path> marks = new LinkedHashMap<>();
    try {
      for (Path folder : reach.shared()) {
        Path mark = Files.createTempFile(folder, ".kindling-", ".seen");
        marks.put(mark, folder);
        Files.writeString(mark, mark.toString());
        expected.put(mark.toString(), mark.toString());
      }
      List<List<JsonNode>> missing = new ArrayList<>();
      for (Tuple2<String, String> one : ask(context, new LinkedHashMap<>(expected))) {
        Path folder = marks.get(Path.of(one._2()));
        missing.add(
            List.of(
                TextNode.valueOf(one._1()),
                TextNode.valueOf(folder == null ? one._2() : folder.toString())));
      }
      return missing;
    } finally {
      for (Path mark : marks.keySet()) {
        Files.deleteIfExists(mark);
      }
    }
  }

  private static List<Tuple2<String, String>> ask(
      SparkContext context, LinkedHashMap<String, String> expected) {
    TreeSet<String> hosts = new TreeSet<>();
    for (String executor :
        CollectionConverters.asJava(context.getExecutorMemoryStatus().keys().toSeq())) {
      hosts.add(executor.substring(0, executor.lastIndexOf(':')));
    }
    List<Tuple2<String, Seq<String>>> tasks = new ArrayList<>();
    for (String host : hosts) {
      tasks.add(new Tuple2<>(host, CollectionConverters.asScala(List.of(host)).toSeq()));
    }
    ClassTag<String> text = ClassTag$.MODULE$.apply(String.class);
    return JavaRDD.fromRDD(context.makeRDD(CollectionConverters.asScala(tasks).toSeq(), text), text)
        .flatMap(task -> look(expected).iterator())
        .collect();
  }

  private static List<Tuple2<String, String>> look(Map<String, String> expected)
      throws IOException {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    List<Tuple2<String, String>> missing = new ArrayList<>();
    for (Map.Entry<String, String> path : expected.entrySet()) {
      Path file = Path.of(path.getKey());
      boolean seen =
          path.getValue().isEmpty()
              ? Files.isReadable(file)
              : Files.isReadable(file)
                  && Files.readString(file).equals(path.getValue())
                  && Files.isWritable(file.getParent());
      if (!seen) {
        missing.add(new Tuple2<>(host, path.getKey()));
      }
    }
    return missing;
  }
}
