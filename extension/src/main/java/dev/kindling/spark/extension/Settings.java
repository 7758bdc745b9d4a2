package dev.kindling.spark.extension;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.internal.SQLConf;

/** The session's settings as the extension needs them. */
final class Settings {
  /** {@code false} leaves everything to Spark. */
  static final String ENABLED = "spark.kindling.enabled";

  /**
   * {@code heavy}, the default: only plans with a join, an aggregate, a window, a sort or a set
   * operation over files are taken; {@code all}: whatever can be translated.
   */
  static final String TAKE = "spark.kindling.take";

  /** The most memory of DuckDB, such as {@code 8g}; without it half of what the heap leaves. */
  static final String MEMORY = "spark.kindling.memory";

  private Settings() {}

  static boolean enabled(SQLConf conf) {
    return Boolean.parseBoolean(conf.getConfString(ENABLED, "true").toLowerCase(Locale.ROOT));
  }

  static boolean takesAll(SQLConf conf) {
    return conf.getConfString(TAKE, "heavy").equalsIgnoreCase("all");
  }

  static OptionalLong memory(SQLConf conf) {
    String size = conf.getConfString(MEMORY, "");
    return size.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(JavaUtils.byteStringAsBytes(size));
  }

  /** The SQL settings that decide what a query means. */
  static Map<String, String> sql(SQLConf conf) {
    Map<String, String> settings = new TreeMap<>();
    scala.collection.Iterator<scala.Tuple2<String, String>> all = conf.getAllConfs().iterator();
    while (all.hasNext()) {
      scala.Tuple2<String, String> setting = all.next();
      String key = setting._1();
      boolean elsewhere =
          key.startsWith("spark.sql.catalog.")
              || key.startsWith("spark.sql.extensions")
              || key.startsWith("spark.sql.warehouse.");
      if (key.startsWith("spark.sql.") && !elsewhere) {
        settings.put(key, setting._2());
      }
    }
    settings.put("spark.sql.ansi.enabled", Boolean.toString(conf.ansiEnabled()));
    settings.put("spark.sql.session.timeZone", conf.sessionLocalTimeZone());
    return settings;
  }
}
