package dev.kindling.embedded.translate;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The outcome of translating one thing: a value, or every reason why there is none. */
public sealed interface Translation<T> {

  /** Translated. */
  record Done<T>(T value) implements Translation<T> {}

  /** Left to Spark; there is always at least one reason. */
  record Refused<T>(List<Refusal> reasons) implements Translation<T> {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a reason");
      }
    }
  }

  static <T> Translation<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Translation<T> refused(List<Refusal> reasons) {
    return new Refused<>(reasons);
  }

  static <T> Translation<T> refused(RefusalCode code, String construct, String detail) {
    return new Refused<>(List.of(Refusal.of(code, construct, detail)));
  }

  /** The values of all parts, or the reasons of every part that has some. */
  static <T> Translation<List<T>> all(List<Translation<T>> parts) {
    List<T> values = new ArrayList<>(parts.size());
    List<Refusal> reasons = new ArrayList<>();
    for (Translation<T> part : parts) {
      if (part instanceof Done<T> done) {
        values.add(done.value());
      } else if (part instanceof Refused<T> refused) {
        reasons.addAll(refused.reasons());
      }
    }
    return reasons.isEmpty() ? done(values) : refused(reasons);
  }

  default List<Refusal> reasonsOrNone() {
    return this instanceof Refused<T> refused ? refused.reasons() : List.of();
  }

  default <R> R fold(Function<T, R> done, Function<List<Refusal>, R> refused) {
    return this instanceof Done<T> value
        ? done.apply(value.value())
        : refused.apply(((Refused<T>) this).reasons());
  }

  default <R> Translation<R> flatMap(Function<T, Translation<R>> next) {
    return fold(next, Translation::refused);
  }

  default <R> Translation<R> map(Function<T, R> next) {
    return fold(value -> done(next.apply(value)), Translation::refused);
  }
}
