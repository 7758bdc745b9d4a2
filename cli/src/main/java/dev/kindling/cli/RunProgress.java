package dev.kindling.cli;

import dev.kindling.model.record.PublishedOutput;
import dev.kindling.model.record.TableRecord;
import dev.kindling.model.record.TableStatus;
import dev.kindling.model.record.UnusualFigure;
import dev.kindling.runtime.pipeline.RunListener;
import dev.kindling.runtime.pipeline.TableProgress;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One line per table as it is done; on a terminal also a bar for the one that runs. */
final class RunProgress implements RunListener, AutoCloseable {
  private static final int BAR = 24;
  private static final int NAME = 40;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Console console;
  private final ScheduledExecutorService clock;
  private String running = "";
  private String drawn = "";
  private Supplier<TableProgress> progress = TableProgress.Unknown::new;
  private int index;
  private int total;

  RunProgress(Console console) {
    this.console = console;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "kindling-progress");
              thread.setDaemon(true);
              return thread;
            });
    if (console.terminal()) {
      clock.scheduleWithFixedDelay(this::draw, 300, 150, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void talk(String line) {
    clear();
    console.say(line);
  }

  @Override
  public synchronized void started(
      String table, int index, int total, Supplier<TableProgress> progress) {
    this.running = table;
    this.index = index;
    this.total = total;
    this.progress = progress;
  }

  @Override
  public synchronized void finished(TableRecord table) {
    clear();
    running = "";
    StringBuilder line = new StringBuilder();
    line.append('[').append(index).append('/').append(total).append("] ").append(table.name());
    line.append(": ").append(table.engine().name().toLowerCase(Locale.ROOT));
    if (table.rows().isPresent()) {
      line.append(", ").append(Texts.count(table.rows().getAsLong(), "row"));
    }
    line.append(", ").append(Texts.millis(table.millis()));
    if (table.status() == TableStatus.FAILED) {
      line.append(" — failed");
    }
    console.say(line.toString());
    for (UnusualFigure unusual : table.observed().unusual()) {
      console.say("warning: table '" + table.name() + "': " + unusual.text());
    }
  }

  @Override
  public synchronized void published(PublishedOutput output) {
    clear();
    console.say("published " + output.table() + " → " + output.path());
  }

  private synchronized void draw() {
    if (running.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(CLEAR_LINE);
    line.append('[').append(index).append('/').append(total).append("] ").append(running);
    TableProgress now = progress.get();
    if (now instanceof TableProgress.Share share && share.done() > 0) {
      bar(share.done(), line);
      line.append(' ').append(Math.round(share.done() * 100)).append(" %");
    } else if (now instanceof TableProgress.Stages stages) {
      line.append(" on Spark");
      stages(stages, line);
    } else {
      // Before the first rows are through, a bar would only stand still.
      line.append(" …");
    }
    if (!line.toString().equals(drawn)) {
      drawn = line.toString();
      console.err().print(drawn);
      console.err().flush();
    }
  }

  private static void bar(double share, StringBuilder line) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
    line.append(' ').append("█".repeat(full)).append("░".repeat(BAR - full));
  }

  private static void stages(TableProgress.Stages stages, StringBuilder line) {
    if (stages.tasksKnown() == 0) {
      line.append(" …");
      return;
    }
    bar((double) stages.tasksDone() / stages.tasksKnown(), line);
    line.append(' ').append(stages.tasksDone()).append('/').append(stages.tasksKnown());
    line.append(" tasks, stage ").append(stages.stagesDone() + 1);
    String what = stages.stage();
    // One line, however narrow the window.
    line.append(": ").append(what.length() > NAME ? what.substring(0, NAME - 1) + "…" : what);
  }

  private void clear() {
    drawn = "";
    if (console.terminal()) {
      console.err().print(CLEAR_LINE);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      running = "";
      clear();
    }
  }
}
