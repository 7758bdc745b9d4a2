package dev.kindling.cli;

import dev.kindling.runtime.profile.ColumnProfile;
import dev.kindling.runtime.profile.ColumnProfile.Frequent;
import dev.kindling.runtime.profile.ColumnProfile.Numbers;
import dev.kindling.runtime.profile.ColumnProfile.Values;
import dev.kindling.runtime.profile.ExpectationDraft;
import dev.kindling.runtime.profile.TableProfile;
import java.util.List;
import java.util.Locale;

/** A profile as a page of its own: no scripts, nothing loaded, light and dark. */
final class ProfilePage {
  private static final int PLOT = 240;
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      :root { color-scheme: light dark; --line: #8884; --mark: #2a6fb0; }
      @media (prefers-color-scheme: dark) { :root { --mark: #6fb1ee; } }
      body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 60rem; padding: 0 1rem; }
      section { border-top: 1px solid var(--line); padding: .6rem 0; overflow-wrap: anywhere; }
      h1 { font-size: 1.3rem; overflow-wrap: anywhere; } h2 { font-size: 1rem; margin: 0; }
      h2 small { font-weight: normal; opacity: .7; }
      dl { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .3rem 0; }
      dl div { display: flex; gap: .4rem; } dt { opacity: .7; } dd { margin: 0; }
      table { border-spacing: 0; } td { padding: 0 .8rem 0 0; } td:nth-child(2) { text-align: right; }
      svg rect, svg circle { fill: var(--mark); } svg line { stroke: var(--mark); }
      pre { overflow-x: auto; border: 1px solid var(--line); padding: .6rem; }
      </style></head><body>
      """;

  private ProfilePage() {}

  static String of(TableProfile profile) {
    StringBuilder page = new StringBuilder(HEAD.formatted(escaped(profile.name())));
    page.append("<h1>").append(escaped(profile.name())).append("</h1>\n<dl>");
    fact(page, "rows", String.format(Locale.ROOT, "%,d", profile.rows()));
    fact(page, "columns", Integer.toString(profile.columns().size()));
    profile
        .duplicates()
        .ifPresent(count -> fact(page, "duplicate rows", String.format(Locale.ROOT, "%,d", count)));
    page.append("</dl>\n");
    profile.columns().forEach(column -> column(page, column, profile.rows()));
    List<String> expectations = ExpectationDraft.of(profile);
    if (!expectations.isEmpty()) {
      page.append("<section><h2>Expectations that these rows keep</h2>\n<pre>")
          .append(escaped(String.join("\n", expectations)))
          .append("</pre></section>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static void column(StringBuilder page, ColumnProfile column, long rows) {
    page.append("<section><h2>")
        .append(escaped(column.name()))
        .append(" <small>")
        .append(escaped(column.type()))
        .append("</small></h2>\n<dl>");
    fact(page, "nulls", String.format(Locale.ROOT, "%,d", column.nulls()));
    if (column.values().isPresent()) {
      Values values = column.values().get();
      fact(page, "distinct", String.format(Locale.ROOT, "%,d", values.distinct()));
      fact(page, "largest group", ProfilePrinter.percent(column.skew(rows)));
      values.least().ifPresent(least -> fact(page, "min", least));
      values.greatest().ifPresent(greatest -> fact(page, "max", greatest));
      values
          .numbers()
          .ifPresent(numbers -> fact(page, "mean", ProfilePrinter.number(numbers.mean())));
      values
          .lengths()
          .ifPresent(
              lengths -> fact(page, "length", lengths.least() + " to " + lengths.greatest()));
      page.append("</dl>\n");
      values.numbers().ifPresent(numbers -> quantiles(page, numbers));
      frequent(page, values, rows);
    } else {
      page.append("</dl>\n");
    }
    page.append("</section>\n");
  }

  private static void fact(StringBuilder page, String name, String value) {
    page.append("<div><dt>%s</dt><dd>%s</dd></div>".formatted(name, escaped(value)));
  }

  /** A box from the lower to the upper quartile, the median in it, a line from 5 % to 95 %. */
  private static void quantiles(StringBuilder page, Numbers numbers) {
    List<Double> q = numbers.quantiles();
    double low = q.get(0);
    double high = q.get(q.size() - 1);
    if (!Double.isFinite(low) || !Double.isFinite(high) || low == high) {
      return;
    }
    double scale = PLOT / (high - low);
    page.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"16\" role=\"img\" aria-label=\"quantiles\"><title>5%% %s, 25%% %s,"
                + " median %s, 75%% %s, 95%% %s</title><line x1=\"0\" x2=\"%d\" y1=\"8\" y2=\"8\"/>"
                + "<rect x=\"%.1f\" y=\"3\" width=\"%.1f\" height=\"10\" opacity=\".5\"/>"
                + "<circle cx=\"%.1f\" cy=\"8\" r=\"4\"/></svg>%n",
            PLOT,
            ProfilePrinter.number(low),
            ProfilePrinter.number(q.get(1)),
            ProfilePrinter.number(q.get(2)),
            ProfilePrinter.number(q.get(3)),
            ProfilePrinter.number(high),
            PLOT,
            (q.get(1) - low) * scale,
            (q.get(3) - q.get(1)) * scale,
            (q.get(2) - low) * scale));
  }

  private static void frequent(StringBuilder page, Values values, long rows) {
    if (values.frequent().isEmpty() || values.frequent().get(0).rows() == 1) {
      return;
    }
    long most = values.frequent().get(0).rows();
    page.append("<table>\n");
    for (Frequent frequent : values.frequent()) {
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s</td><td>%s</td><td><svg width=\"%d\" height=\"10\" role=\"img\""
                  + " aria-label=\"%d rows\"><rect width=\"%.1f\" height=\"10\"/></svg></td></tr>%n",
              escaped(frequent.value()),
              ProfilePrinter.percent((double) frequent.rows() / rows),
              PLOT,
              frequent.rows(),
              (double) PLOT * frequent.rows() / most));
    }
    page.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
