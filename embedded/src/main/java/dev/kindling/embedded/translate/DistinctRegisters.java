package dev.kindling.embedded.translate;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The registers of Spark's HyperLogLog++, as text of {@code register * 64 + rank} numbers. Public
 * because code that Spark's generator makes calls it.
 */
public final class DistinctRegisters {
  private static final int RANK_BITS = 6;

  private DistinctRegisters() {}

  /** The register of a hash and the rank it brings there, in one number. */
  public static int register(long hash, double relativeError) {
    int bits = bits(relativeError);
    int register = (int) (hash >>> (Long.SIZE - bits));
    int rank = Long.numberOfLeadingZeros((hash << bits) | (1L << (bits - 1))) + 1;
    return (register << RANK_BITS) | rank;
  }

  /** Spark's estimate from the distinct results of {@link #register}, with commas between them. */
  public static long estimate(UTF8String codes, double relativeError) {
    HyperLogLogPlusPlusHelper helper = new HyperLogLogPlusPlusHelper(relativeError);
    int perWord = Long.SIZE / RANK_BITS;
    long mask = (1L << RANK_BITS) - 1;
    long[] words = new long[helper.numWords()];
    for (String text : codes.toString().split(",", -1)) {
      int code = Integer.parseInt(text);
      int register = code >>> RANK_BITS;
      long rank = code & mask;
      int shift = RANK_BITS * (register % perWord);
      int word = register / perWord;
      if (rank > ((words[word] >>> shift) & mask)) {
        words[word] = (words[word] & ~(mask << shift)) | (rank << shift);
      }
    }
    InternalRow buffer = new GenericInternalRow(words.length);
    for (int i = 0; i < words.length; i++) {
      buffer.update(i, words[i]);
    }
    return helper.query(buffer, 0);
  }

  /** How many bits of a hash choose its register. */
  private static int bits(double relativeError) {
    return (int) Math.ceil(2.0d * Math.log(1.106d / relativeError) / Math.log(2.0d));
  }
}
