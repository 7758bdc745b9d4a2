package dev.kindling.runtime.compare;

import dev.kindling.runtime.Rows;
import java.util.Set;

/**
 * A hash of 128 bits of a row's cells. Two rows with the same hash are taken for equal: among a
 * billion rows the chance of one mistake is below one in 10^20.
 */
record RowHash(long high, long low) {
  static RowHash of(Rows.Row row, int columns, Set<Integer> leftOut) {
    long high = 0x9E3779B97F4A7C15L;
    long low = 0xC2B2AE3D27D4EB4FL;
    for (int c = 0; c < columns; c++) {
      if (leftOut.contains(c)) {
        continue;
      }
      // Kept apart: NULL, an empty text, and cells of which one ends where the next begins.
      int length = row.isNull(c) ? -1 : row.text(c).length();
      high = mix(high ^ length, 0xBF58476D1CE4E5B9L);
      low = mix(low + length, 0x94D049BB133111EBL);
      for (int i = 0; i < length; i++) {
        char at = row.text(c).charAt(i);
        high = (high ^ at) * 0x100000001B3L;
        high ^= high >>> 29;
        low = (low + at) * 0xFF51AFD7ED558CCDL;
        low ^= low >>> 33;
      }
    }
    return new RowHash(mix(high, 0xC4CEB9FE1A85EC53L), mix(low, 0xFF51AFD7ED558CCDL));
  }

  private static long mix(long value, long factor) {
    long mixed = (value ^ (value >>> 31)) * factor;
    return mixed ^ (mixed >>> 32);
  }
}
