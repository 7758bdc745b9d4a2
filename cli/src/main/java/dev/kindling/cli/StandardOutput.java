package dev.kindling.cli;

import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The process's standard output, whose failures stop the command: a {@code PrintStream} alone would
 * swallow them, and the command would compute rows for a reader that is gone. After a failure it
 * takes everything and writes nothing.
 */
final class StandardOutput extends OutputStream {
  /** What a program ends with that a closed pipe stops: 128 and the number of SIGPIPE. */
  static final int READER_GONE_EXIT_CODE = 141;

  private final OutputStream target;
  private boolean failed;

  StandardOutput(OutputStream target) {
    this.target = target;
  }

  /** Nobody reads any more, as after {@code | head}; nothing to tell. */
  static final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ReaderGoneException(IOException cause) {
      super(cause);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  @Override
  public void write(int b) {
    attempt(() -> target.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    attempt(() -> target.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(target::flush);
  }

  private void attempt(Writing writing) {
    if (failed) {
      return;
    }
    try {
      writing.run();
    } catch (IOException e) {
      failed = true;
      // Java has no type for it, only the system's text.
      if (String.valueOf(e.getMessage()).contains("roken pipe")) {
        throw new ReaderGoneException(e);
      }
      throw new KindlingException(
          "No space left on device".equals(e.getMessage())
              ? ErrorCode.NO_SPACE
              : ErrorCode.FILE_ACCESS,
          "Cannot write to standard output: " + e.getMessage(),
          e);
    }
  }
}
