package dev.kindling.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.translate.SparkFunction;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedLambdaVariable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes a function of Spark's code, and what is handed to it. */
class SparkCodeTest {
  @TempDir static Path scratch;
  private static EmbeddedSession session;

  @BeforeAll
  static void open() {
    session =
        EmbeddedSession.open(
            new EmbeddedOptions(OptionalLong.empty(), scratch.resolve("spill"), 1, Map.of()));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static PreparedQuery prepare(String expression) {
    return session.prepare(
        "SELECT " + expression + " FROM VALUES (1, array(1, 2)) AS t(id, a)", Map.of());
  }

  @Test
  void variablesOfALambdaAroundAreArguments() {
    PreparedQuery query =
        prepare("transform(a, x -> aggregate(a, 0, (acc, v) -> acc + v * x + id))");

    assertThat(query.functions()).hasSize(1);
    SparkFunction function = query.functions().iterator().next();
    assertThat(free(function.expression(), Set.of())).isEmpty();
    assertThat(function.arguments()).hasSize(3);
  }

  @Test
  void neighboursBecomeOneFunction() {
    assertThat(
            prepare("array_join(array_distinct(split(initcap('x' || id), ',')), '-')").functions())
        .hasSize(1);
  }

  @Test
  void settingsMakeFunctionsOfTheirOwn() {
    int slot = prepare("from_unixtime(id)").functions().iterator().next().slot();
    session.setConf("spark.sql.session.timeZone", "Asia/Tokyo");
    try {
      assertThat(prepare("from_unixtime(id)").functions().iterator().next().slot())
          .isNotEqualTo(slot);
    } finally {
      session.unsetConf("spark.sql.session.timeZone");
    }
  }

  private static Set<Long> free(Expression e, Set<Long> bound) {
    Set<Long> free = new HashSet<>();
    if (e instanceof NamedLambdaVariable variable && !bound.contains(variable.exprId().id())) {
      free.add(variable.exprId().id());
    }
    Set<Long> inner = new HashSet<>(bound);
    if (e instanceof LambdaFunction lambda) {
      Scala.<NamedExpression>list(lambda.arguments()).forEach(v -> inner.add(v.exprId().id()));
    }
    Scala.<Expression>list(e.children()).forEach(child -> free.addAll(free(child, inner)));
    return free;
  }
}
