package dev.kindling.cluster.sizing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sizing as lines of Spark's file {@code spark-defaults.conf}. */
public final class SparkDefaultsConf {
  private SparkDefaultsConf() {}

  /** Each setting below the formula it comes from. */
  public static List<String> of(Sizing sizing) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + SizingText.title(sizing.request()));
    Map<String, String> settings = Settings.of(sizing);
    for (Figure figure : Figures.of(sizing)) {
      if (figure.settings().isEmpty()) {
        continue;
      }
      lines.add("");
      lines.add("# %s: %s".formatted(figure.name(), figure.formula()));
      for (String key : figure.settings()) {
        lines.add(String.format(Locale.ROOT, "%-48s %s", key, settings.get(key)));
      }
    }
    return lines;
  }
}
