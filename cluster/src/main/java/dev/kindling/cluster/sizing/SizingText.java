package dev.kindling.cluster.sizing;

import dev.kindling.cluster.sizing.Figure.Group;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A sizing as a page of text. */
public final class SizingText {
  private SizingText() {}

  /** The whole page, line by line. */
  public static List<String> of(Sizing sizing) {
    List<String> lines = new ArrayList<>();
    lines.add(title(sizing.request()));
    List<Figure> figures = Figures.of(sizing);
    Map<String, String> settings = Settings.of(sizing);
    for (Group group : Group.values()) {
      heading(group.name(), lines);
      for (Figure figure : figures) {
        if (figure.group() == group) {
          figure(figure, settings, lines);
        }
      }
      if (group == Group.MEMORY) {
        lines.add("");
        MemoryPicture.of(sizing.memory()).forEach(line -> lines.add("  " + line));
      }
    }
    heading("Where the rules disagree", lines);
    for (Disagreement disagreement : Disagreements.of(sizing)) {
      lines.add("  " + disagreement.topic() + ": here " + disagreement.used() + ".");
      lines.add("      But " + disagreement.other() + ".");
    }
    List<String> warnings = Warnings.of(sizing);
    if (!warnings.isEmpty()) {
      heading("Warnings", lines);
      warnings.forEach(warning -> lines.add("  " + warning));
    }
    sources(figures, lines);
    return lines;
  }

  /** What was sized, in a line. */
  public static String title(SizingRequest request) {
    ClusterShape shape = request.shape();
    return "%s of %s and %s; %s%s on %s, %s mode"
        .formatted(
            Amounts.count(shape.nodes(), "node"),
            Amounts.count(shape.coresPerNode(), "core"),
            Amounts.gb(shape.memoryPerNode()),
            request.workload().label(),
            request.data().isPresent() ? " over " + Amounts.gb(request.data().getAsLong()) : "",
            request.manager().label(),
            request.mode().name().toLowerCase(Locale.ROOT));
  }

  private static void heading(String text, List<String> lines) {
    lines.add("");
    lines.add(text.substring(0, 1) + text.substring(1).toLowerCase(Locale.ROOT));
  }

  private static void figure(Figure figure, Map<String, String> settings, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-27s %-18s %s  [%d]",
            figure.name(),
            figure.value(),
            figure.formula(),
            figure.source().ordinal() + 1));
    for (String key : figure.settings()) {
      lines.add("      " + key + "=" + settings.get(key));
    }
  }

  private static void sources(List<Figure> figures, List<String> lines) {
    Set<Source> used = EnumSet.noneOf(Source.class);
    figures.forEach(figure -> used.add(figure.source()));
    heading("Sources", lines);
    for (Source source : used) {
      lines.add("  [%d] %s".formatted(source.ordinal() + 1, source.text()));
    }
  }
}
