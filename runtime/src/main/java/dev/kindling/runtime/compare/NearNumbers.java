package dev.kindling.runtime.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell with sums of floating point numbers, whose last digits depend on the order of the rows, in
 * Spark too: one number, or an array or a struct with some in it.
 *
 * @param numbers in the order of the text
 * @param around what stands around them
 */
public record NearNumbers(List<Double> numbers, String around) {
  /** How far sums of floating point numbers may be apart, in relation to their size. */
  public static final double TOLERANCE = 1e-9;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  public NearNumbers {
    numbers = List.copyOf(numbers);
  }

  /** The numbers of a cell's text. */
  public static NearNumbers of(String text) {
    List<Double> numbers = new ArrayList<>();
    StringBuilder around = new StringBuilder();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      numbers.add(Double.parseDouble(number.group()));
      number.appendReplacement(around, "0");
    }
    number.appendTail(around);
    return new NearNumbers(numbers, around.toString());
  }

  /** Whether two cells are the same but for the last digits of their numbers. */
  public boolean isNear(NearNumbers other) {
    if (!around.equals(other.around) || numbers.size() != other.numbers.size()) {
      return false;
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (!near(numbers.get(i), other.numbers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether two numbers are the same but for their last digits. */
  static boolean near(double a, double b) {
    boolean same = Double.compare(a, b) == 0 || a == b;
    double scale = Math.max(Math.abs(a), Math.abs(b));
    return same || Math.abs(a - b) <= TOLERANCE * scale;
  }
}
