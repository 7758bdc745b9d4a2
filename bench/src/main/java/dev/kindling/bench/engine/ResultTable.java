package dev.kindling.bench.engine;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Rows of any engine in one form that can be compared: every value as text, decimals with all
 * digits of their scale.
 *
 * @param names the columns' names
 * @param types the columns' types, in Spark's spelling where Spark has the type, such as {@code
 *     decimal(38,4)}
 * @param rows the values, {@link #NULL} for SQL's NULL
 */
public record ResultTable(List<String> names, List<String> types, List<List<String>> rows) {
  /** Stands for NULL; no rendered value contains this character. */
  public static final String NULL = "\u0000";

  public ResultTable {
    requireNonNull(names, "names is null");
    requireNonNull(types, "types is null");
    requireNonNull(rows, "rows is null");
    names = List.copyOf(names);
    types = List.copyOf(types);
    rows = List.copyOf(rows);
    if (names.size() != types.size()) {
      throw new IllegalArgumentException(names.size() + " names but " + types.size() + " types");
    }
    for (List<String> row : rows) {
      if (row.size() != names.size()) {
        throw new IllegalArgumentException(names.size() + " columns but a row of " + row.size());
      }
    }
  }

  /** Whether the column holds binary floating point numbers, whose sums depend on their order. */
  public boolean isFloat(int column) {
    return types.get(column).equals("double") || types.get(column).equals("float");
  }

  /** A digest of the rows in no particular order; columns of floating point numbers left out. */
  public String digest() {
    List<String> lines = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < names.size(); column++) {
        if (!isFloat(column)) {
          line.append(row.get(column)).append('\u0001');
        }
      }
      lines.add(line.toString());
    }
    Collections.sort(lines);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        sha.update(line.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
