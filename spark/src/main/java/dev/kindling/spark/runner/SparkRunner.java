package dev.kindling.spark.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindling.spark.protocol.Launch;
import dev.kindling.spark.protocol.Ready;
import dev.kindling.spark.protocol.Wire;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Main class of the Spark process. It reads requests, one line of JSON each, from standard input
 * and writes replies to standard output; everything else that prints goes to standard error. It
 * ends when its input ends, so that it never outlives its parent.
 */
public final class SparkRunner {
  private SparkRunner() {}

  /** Runs until the input ends or a close request comes. Takes no arguments. */
  public static void main(String[] args) {
    Replies replies = new Replies(takeStandardOutput());
    // Ctrl-C reaches every process of the terminal's group. The parent decides what it means: it
    // cancels the query, or ends, which closes our input.
    Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    Inbox inbox = new Inbox(System.in);
    inbox.start();

    Launch launch = inbox.launch();
    Sessions.Started started;
    try {
      started = Sessions.launch(launch);
    } catch (Throwable e) {
      replies.say(0, Failures.of(e, Optional.empty()));
      Exit.now(1);
      return;
    }
    Handler handler = new Handler(started.session(), launch, replies);
    inbox.cancelWith(handler::cancel);
    replies.say(0, ready(started));
    if (inbox.isIdle()) {
      handler.warmUp();
    }
    while (true) {
      Wire.Asked asked = inbox.next();
      replies.say(asked.id(), handler.handle(asked));
    }
  }

  private static OutputStream takeStandardOutput() {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    return out;
  }

  private static Ready ready(Sessions.Started started) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return new Ready(
        started.session().version(), System.getProperty("java.version"), millis, started.decided());
  }
}
