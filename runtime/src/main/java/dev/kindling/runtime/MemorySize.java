package dev.kindling.runtime;

import dev.kindling.model.ByteSize;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;

/** The memory budget of an engine: an amount of bytes that an engine can work with. */
public final class MemorySize {
  // Below this, neither engine can hold its own working structures.
  private static final long SMALLEST = 64 * ByteSize.MIB;

  private MemorySize() {}

  /**
   * The size in bytes, read as {@link ByteSize#parse} does.
   *
   * @param what where the text comes from, for the message, such as {@code --memory}
   * @throws KindlingException USAGE for another form, or less than 64 MiB
   */
  public static long parse(String text, String what) {
    long bytes = ByteSize.parse(text, what);
    if (bytes < SMALLEST) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "%s '%s' is too small: it is %s (accepted: 64m and more, with a unit, such as 512m or 4g)."
              .formatted(what, text, ByteSize.show(bytes)));
    }
    return bytes;
  }

  /** A size for people: {@code 1.5 GB}. */
  public static String show(long bytes) {
    return ByteSize.show(bytes);
  }
}
