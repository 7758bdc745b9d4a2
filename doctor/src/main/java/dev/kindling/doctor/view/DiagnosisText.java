package dev.kindling.doctor.view;

import dev.kindling.doctor.Diagnosis;
import dev.kindling.doctor.facts.Facts;
import dev.kindling.doctor.facts.Measure;
import dev.kindling.doctor.finding.Finding;
import dev.kindling.doctor.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis for a terminal of 80 columns: what ran, then the findings, each with its fix. */
public final class DiagnosisText {
  private static final int WIDTH = 80;
  private static final String INDENT = "  ";

  private DiagnosisText() {}

  /**
   * The lines.
   *
   * @param least findings that are less severe are counted only
   */
  public static List<String> of(Diagnosis diagnosis, Severity least) {
    List<String> lines = new ArrayList<>(summary(diagnosis.facts()));
    List<Finding> shown =
        diagnosis.findings().stream()
            .filter(finding -> finding.severity().compareTo(least) >= 0)
            .toList();
    int number = 0;
    for (Finding finding : shown) {
      lines.add("");
      lines.addAll(finding(++number, finding));
    }
    int hidden = diagnosis.findings().size() - shown.size();
    lines.add("");
    lines.add(
        (shown.isEmpty()
                ? "Nothing is wrong"
                : shown.size() + (shown.size() == 1 ? " finding" : " findings"))
            + (hidden == 0 ? "." : "; %d more to know with --severity info.".formatted(hidden)));
    return lines;
  }

  private static List<String> summary(Facts facts) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s (%s), Spark %s: %s on %d core%s"
            .formatted(
                facts.name(),
                facts.id(),
                facts.sparkVersion(),
                seconds(facts.millis()),
                facts.slots(),
                facts.slots() == 1 ? "" : "s"));
    int tasks = facts.stages().stream().mapToInt(stage -> stage.tasks().count()).sum();
    lines.add(
        "%,d jobs (%,d failed), %,d stages, %,d tasks with %s of work, %,d queries"
            .formatted(
                facts.jobs(),
                facts.failedJobs(),
                facts.stages().size(),
                tasks,
                seconds(facts.sum(Measure.RUN)),
                facts.queries().size()));
    facts.notes().forEach(note -> lines.addAll(wrapped("note: " + note, "")));
    return lines;
  }

  private static List<String> finding(int number, Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        wrapped(
            "%d. [%s] %s: %s"
                .formatted(
                    number,
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.id(),
                    finding.summary()),
            "   "));
    lines.addAll(wrapped("   at " + finding.place(), "      "));
    for (String evidence : finding.evidence()) {
      lines.addAll(wrapped("   - " + evidence, "     "));
    }
    String word = "   fix: ";
    for (String fix : finding.fixes()) {
      lines.addAll(wrapped(word + fix, "        "));
      word = "        ";
    }
    lines.addAll(
        wrapped(
            "   gain: %s (confidence: %s)"
                .formatted(finding.gain(), finding.confidence().name().toLowerCase(Locale.ROOT)),
            "         "));
    return lines;
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  // A word longer than a line, such as a path, stays whole so that it can be copied.
  private static List<String> wrapped(String text, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String lead = text.substring(0, text.length() - text.stripLeading().length());
    line.append(lead);
    boolean empty = true;
    for (String word : text.strip().split("\\s+")) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent.isEmpty() ? INDENT : indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
