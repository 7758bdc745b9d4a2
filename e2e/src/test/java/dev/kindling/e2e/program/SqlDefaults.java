package dev.kindling.e2e.program;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf$;

/** Prints the settings of SQL that the Spark of the class path has, each with its default. */
public final class SqlDefaults {
  private SqlDefaults() {}

  /** One line each: the name, a tab, the default. */
  public static void main(String[] args) {
    all().forEach((name, value) -> System.out.println(name + "\t" + value));
  }

  /** Their defaults by their names. */
  public static SortedMap<String, String> all() {
    SortedMap<String, String> defaults = new TreeMap<>();
    for (ConfigEntry<?> entry : SQLConf$.MODULE$.getConfigEntries()) {
      defaults.put(entry.key(), entry.defaultValueString().replace("\n", " "));
    }
    return defaults;
  }
}
