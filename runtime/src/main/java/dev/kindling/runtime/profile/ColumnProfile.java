package dev.kindling.runtime.profile;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What is in a column. Texts of values are those that Spark SQL prints.
 *
 * @param type Spark SQL's name of the type
 * @param nulls rows without a value
 * @param values what is known of the others; empty for types that are not compared
 */
public record ColumnProfile(String name, String type, long nulls, Optional<Values> values) {
  public ColumnProfile {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(values, "values is null");
  }

  /**
   * The values of a column that are not NULL.
   *
   * @param distinct how many different ones there are
   * @param least empty when there is no value
   * @param numbers of a column of numbers with a value
   * @param lengths of a column of texts with a value, in characters
   * @param frequent the most frequent ones, those first that stand in more rows
   */
  public record Values(
      long distinct,
      Optional<String> least,
      Optional<String> greatest,
      Optional<Numbers> numbers,
      Optional<Lengths> lengths,
      List<Frequent> frequent) {
    public Values {
      requireNonNull(least, "least is null");
      requireNonNull(greatest, "greatest is null");
      requireNonNull(numbers, "numbers is null");
      requireNonNull(lengths, "lengths is null");
      frequent = List.copyOf(frequent);
    }
  }

  /**
   * Numbers together.
   *
   * @param quantiles at {@link Profiler#QUANTILES}, interpolated
   */
  public record Numbers(double mean, List<Double> quantiles) {
    public Numbers {
      quantiles = List.copyOf(quantiles);
    }
  }

  /** Lengths of texts. */
  public record Lengths(long least, double mean, long greatest) {}

  /** A value and the number of rows that have it. */
  public record Frequent(String value, long rows) {
    public Frequent {
      requireNonNull(value, "value is null");
    }
  }

  /**
   * The share of all rows, from 0 to 1, that the most frequent value has: how uneven the work
   * becomes when rows are grouped or joined by this column. 0 when there is no value.
   */
  public double skew(long rows) {
    return values
        .filter(known -> !known.frequent().isEmpty())
        .map(known -> (double) known.frequent().get(0).rows() / rows)
        .orElse(0.0);
  }
}
