package dev.kindling.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.EmbeddedSession;
import dev.kindling.embedded.ScriptStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every statement of a folder of {@code src/test/resources/sql} on both engines. A comment line
 * before a statement says what is expected, {@code native} if nothing is said:
 *
 * <pre>
 * -- expect: native
 * -- expect: refused FUNCTION_NOT_SUPPORTED
 * -- expect: error DIVIDE_BY_ZERO
 * -- expect: rerun          (DuckDB raises, Spark gives rows)
 * -- expect: uncomparable   (another answer may be right as well: rows are counted only)
 * -- expect: uncomparable, same   (another answer may be right, and this one is Spark's)
 * -- set: spark.sql.ansi.enabled=false
 * -- ansi: both             (what follows, but for errors, also runs with ANSI mode off)
 * </pre>
 */
@Tag("slow")
abstract class SqlFiles {
  private static final Path FILES = Path.of("src/test/resources/sql");
  private static final Pattern DIRECTIVE = Pattern.compile("-- (expect|set|ansi): *(.*)");

  private static final Map<Map<String, String>, TwoEngines> ENGINES = new HashMap<>();

  @TempDir static Path scratch;

  private final String folder;

  SqlFiles(String folder) {
    this.folder = folder;
  }

  @TestFactory
  Stream<DynamicNode> everyStatementGivesSparksAnswer() throws IOException {
    EdgeData.write(scratch);
    List<Path> files;
    try (Stream<Path> list = Files.list(FILES.resolve(folder))) {
      files = list.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    String only = System.getProperty("sql.file", "");
    return files.stream()
        .filter(file -> file.getFileName().toString().contains(only))
        .map(this::container);
  }

  private DynamicNode container(Path file) {
    List<DynamicNode> tests = new ArrayList<>();
    String script;
    try {
      script = Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    String[] lines = script.split("\n", -1);
    Map<String, String> conf = new LinkedHashMap<>();
    int previous = 0;
    boolean bothModes = false;
    for (ScriptStatement statement : EmbeddedSession.split(script)) {
      String expected = "native";
      for (int i = previous; i < statement.line() - 1; i++) {
        Matcher directive = DIRECTIVE.matcher(lines[i].strip());
        if (directive.matches() && directive.group(1).equals("expect")) {
          expected = directive.group(2).strip();
        } else if (directive.matches() && directive.group(1).equals("ansi")) {
          bothModes = directive.group(2).strip().equals("both");
        } else if (directive.matches()) {
          String[] pair = directive.group(2).strip().split("=", 2);
          conf.put(pair[0], pair[1]);
        }
      }
      previous = statement.line() - 1 + statement.text().split("\n", -1).length;
      Map<String, String> settings = Map.copyOf(conf);
      String wanted = expected;
      tests.add(
          DynamicTest.dynamicTest(
              file.getFileName() + ":" + statement.line() + " " + shorten(statement.text()),
              () -> check(statement.text(), wanted, settings)));
      if (bothModes && !wanted.startsWith("error")) {
        Map<String, String> off = new HashMap<>(settings);
        off.put("spark.sql.ansi.enabled", "false");
        tests.add(
            DynamicTest.dynamicTest(
                file.getFileName() + ":" + statement.line() + " with ANSI mode off",
                () -> check(statement.text(), wanted, Map.copyOf(off))));
      }
    }
    return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
  }

  private static String shorten(String sql) {
    String line = sql.replaceAll("\\s+", " ");
    return line.length() > 100 ? line.substring(0, 97) + "..." : line;
  }

  private static void check(String sql, String expected, Map<String, String> conf) {
    TwoEngines engines = ENGINES.computeIfAbsent(conf, SqlFiles::open);
    String verdict = verdict(engines.compare(sql));
    if (expected.equals("uncomparable")) {
      assertThat(verdict).as(sql).startsWith(expected);
    } else {
      assertThat(verdict).as(sql).isEqualTo(expected);
    }
  }

  private static TwoEngines open(Map<String, String> conf) {
    TwoEngines engines = TwoEngines.open(scratch, conf);
    EdgeData.register(engines, scratch);
    return engines;
  }

  @AfterAll
  static void closeEngines() {
    ENGINES.values().forEach(TwoEngines::close);
    ENGINES.clear();
  }

  private static String verdict(Comparison comparison) {
    if (comparison instanceof Comparison.Equal) {
      return "native";
    } else if (comparison instanceof Comparison.Refused refused) {
      return "refused "
          + String.join(
              ", ", refused.refusals().stream().map(r -> r.code().name()).distinct().toList())
          + (System.getProperty("sql.reasons") == null ? "" : " " + refused.refusals());
    } else if (comparison instanceof Comparison.BothFail fail) {
      return "error " + fail.errorClass();
    } else if (comparison instanceof Comparison.Reruns) {
      return "rerun";
    } else if (comparison instanceof Comparison.NotComparable open) {
      return open.same() ? "uncomparable, same" : "uncomparable";
    }
    return comparison.toString();
  }
}
