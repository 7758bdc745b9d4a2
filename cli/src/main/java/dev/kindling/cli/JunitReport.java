package dev.kindling.cli;

import dev.kindling.model.pipeline.Problem;
import dev.kindling.runtime.pipeline.TestOutcome;
import java.util.List;
import java.util.Locale;

/** Tests as the XML that CI servers read. */
final class JunitReport {
  private JunitReport() {}

  static String of(String pipeline, List<TestOutcome> outcomes) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    long millis = outcomes.stream().mapToLong(TestOutcome::millis).sum();
    xml.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"0\" time=\"%s\">\n"
            .formatted(
                escaped(pipeline),
                outcomes.size(),
                count(outcomes, TestOutcome.Status.FAILED),
                count(outcomes, TestOutcome.Status.INVALID),
                seconds(millis)));
    for (TestOutcome outcome : outcomes) {
      write(pipeline, outcome, xml);
    }
    return xml.append("</testsuite>\n").toString();
  }

  private static void write(String pipeline, TestOutcome outcome, StringBuilder xml) {
    xml.append(
        "  <testcase classname=\"%s\" name=\"%s\" file=\"%s\" line=\"%d\" time=\"%s\""
            .formatted(
                escaped(pipeline),
                escaped(outcome.test().name()),
                escaped(outcome.test().position().file().toString()),
                outcome.test().position().line(),
                seconds(outcome.millis())));
    switch (outcome.status()) {
      case PASSED -> xml.append("/>\n");
      case FAILED -> ending("failure", TestPrinter.lines(outcome), xml);
      case INVALID ->
          ending("error", outcome.problems().stream().map(Problem::toString).toList(), xml);
    }
  }

  private static void ending(String element, List<String> lines, StringBuilder xml) {
    xml.append(
        ">\n    <%s message=\"%s\">%s</%s>\n  </testcase>\n"
            .formatted(element, escaped(lines.get(0)), escaped(String.join("\n", lines)), element));
  }

  private static long count(List<TestOutcome> outcomes, TestOutcome.Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  /** A text that may stand between tags and in an attribute; what XML cannot say is left out. */
  private static String escaped(String text) {
    StringBuilder xml = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> {
                  boolean sayable =
                      c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF);
                  if (sayable || c == '\n' || c == '\t') {
                    xml.appendCodePoint(c);
                  }
                }
              }
            });
    return xml.toString();
  }
}
