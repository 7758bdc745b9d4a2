package dev.kindling.spark.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.spark.protocol.Message;
import dev.kindling.spark.protocol.Wire;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/** Writes replies, whole lines only, from any thread. */
final class Replies {
  private final Writer out;

  Replies(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
  }

  synchronized void say(long id, Message message) {
    if (Exit.begun()) {
      return;
    }
    try {
      out.write(Wire.line(new Wire.Said(id, message)));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      // Nobody listens any more.
      Exit.now(0);
    }
  }
}
