package dev.kindling.doctor.finding;

import dev.kindling.doctor.facts.QueryFacts;
import dev.kindling.doctor.facts.StageFacts;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a finding is. All parts empty: the whole application.
 *
 * @param stage Spark's number
 * @param query Spark's number of the SQL execution
 * @param text in words: the stage's name or the query's description
 */
public record Place(OptionalInt stage, OptionalLong query, String text) {
  static Place application() {
    return new Place(OptionalInt.empty(), OptionalLong.empty(), "the application");
  }

  static Place of(StageFacts stage) {
    Optional<String> query = stage.query().map(QueryFacts::description);
    return new Place(
        OptionalInt.of(stage.id()),
        stage.query().map(of -> OptionalLong.of(of.id())).orElse(OptionalLong.empty()),
        query.filter(text -> !text.isBlank()).orElse(stage.name()));
  }

  static Place of(QueryFacts query) {
    return new Place(OptionalInt.empty(), OptionalLong.of(query.id()), query.description());
  }

  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    stage.ifPresent(number -> words.append("stage ").append(number));
    query.ifPresent(
        number -> words.append(words.isEmpty() ? "" : ", ").append("query ").append(number));
    return words.isEmpty() ? text : words + (text.isBlank() ? "" : " (" + text + ")");
  }
}
