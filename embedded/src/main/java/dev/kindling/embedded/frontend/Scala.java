package dev.kindling.embedded.frontend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import scala.Option;
import scala.PartialFunction;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractPartialFunction;

/** Catalyst speaks Scala's collections; the rest of the code speaks Java's. */
public final class Scala {
  private Scala() {}

  @SuppressWarnings("unchecked") // a Seq is covariant: reading T from a Seq of its subtypes
  public static <T> List<T> list(scala.collection.Seq<? extends T> seq) {
    return CollectionConverters.asJava((scala.collection.Seq<T>) seq);
  }

  public static <T> scala.collection.immutable.Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  public static <K, V> Map<K, V> map(scala.collection.Map<K, V> map) {
    return CollectionConverters.asJava(map);
  }

  public static <T> Optional<T> optional(Option<T> option) {
    return OptionConverters.toJava(option);
  }

  /** A partial function that leaves what {@code apply} gives empty for as it is. */
  public static <T> PartialFunction<T, T> partial(Function<T, Optional<T>> apply) {
    return new AbstractPartialFunction<T, T>() {
      @Override
      public boolean isDefinedAt(T value) {
        return apply.apply(value).isPresent();
      }

      @Override
      @SuppressWarnings("unchecked") // Scala's signature widens the argument: A1 <: T
      public <A1 extends T, B1> B1 applyOrElse(A1 value, scala.Function1<A1, B1> otherwise) {
        Optional<T> result = apply.apply(value);
        return result.isPresent() ? (B1) result.get() : otherwise.apply(value);
      }
    };
  }
}
