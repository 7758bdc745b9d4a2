package dev.kindling.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("suite")
class RunWatchTest {
  private static final long DEADLINE_SECONDS = 120;

  @TempDir Path folder;

  /** A command that stays, and the lines that it says. */
  private final class Watching implements AutoCloseable {
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread command;

    Watching(String... more) throws IOException {
      PipedOutputStream said = new PipedOutputStream();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(new PipedInputStream(said, 1 << 16), UTF_8));
      Thread listener = new Thread(() -> reader.lines().forEach(lines::add));
      listener.setDaemon(true);
      listener.start();
      List<String> args = new ArrayList<>(List.of("run", folder.toString(), "--watch"));
      args.addAll(List.of(more));
      command =
          new Thread(
              () ->
                  exitCode.complete(
                      Main.run(
                          args.toArray(new String[0]),
                          new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                          new PrintStream(said, true, UTF_8),
                          Map.of())));
      command.start();
    }

    /** The next line with all of this in it. */
    String await(String... parts) throws InterruptedException {
      List<String> seen = new ArrayList<>();
      while (true) {
        String line = lines.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("%s after %s", List.of(parts), seen).isNotNull();
        seen.add(line);
        if (List.of(parts).stream().allMatch(line::contains)) {
          return line;
        }
      }
    }

    @Override
    public void close() {
      command.interrupt();
      assertThat(exitCode.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join()).isZero();
    }
  }

  private static void save(Path file, String text) throws IOException {
    // As editors do: whole, under another name first.
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void pipeline(String condition) throws IOException {
    save(
        folder.resolve("kindling.yaml"),
        """
        pipeline: shop
        tables:
          orders: { read: { format: csv, path: data/orders, header: true, schema: "id BIGINT, amount BIGINT" } }
          large: { sql: SELECT * FROM orders WHERE %s, write: { format: parquet, path: out/large, mode: overwrite } }
          total: { sql_file: total.sql, write: { format: parquet, path: out/total, mode: overwrite } }
          numbers: { sql: SELECT id FROM range(3), write: { format: parquet, path: out/numbers, mode: overwrite } }
        """
            .formatted(condition));
  }

  private String total() {
    return Cli.launch("sql", "--table", "t=" + folder.resolve("out/total"), "-e", "SELECT * FROM t")
        .output();
  }

  @Test
  void savedFilesRunWhatTheyTouchAndErrorsEndNothing() throws Exception {
    Data.text(folder.resolve("data/orders/one.csv"), "id,amount\n1,5\n2,9\n");
    Data.text(folder.resolve("total.sql"), "SELECT sum(amount) AS total FROM orders");
    pipeline("amount > 6");
    try (Watching run = new Watching()) {
      run.await(" orders, large, total, numbers in ");
      run.await("watching; Ctrl-C ends it");

      pipeline("amount > 7");
      run.await("kindling.yaml saved: orders, large in ", "; 2 tables unchanged");

      Data.text(folder.resolve("data/orders/two.csv"), "id,amount\n3,10\n");
      run.await(" saved: orders, large, total in ", "; 1 table unchanged");
      assertThat(total()).isEqualTo("24\n");

      save(folder.resolve("total.sql"), "SELECT sum(amont) AS total FROM orders");
      run.await("total.sql saved: ", "total.sql:1:12", "amont");
      pipeline("amount >");
      run.await("kindling.yaml saved: ", "error");
      pipeline("amount > 7");
      run.await("kindling.yaml saved: ", "amont");
      save(folder.resolve("total.sql"), "SELECT max(amount) AS total FROM orders");
      run.await("total.sql saved: orders, total in ", "; 2 tables unchanged");
      assertThat(total()).isEqualTo("10\n");

      Files.delete(folder.resolve("data/orders/two.csv"));
      run.await("two.csv saved: orders, large, total in ");
      assertThat(total()).isEqualTo("9\n");
    }
  }

  @Test
  void aFileThatIsWrongAtFirstMayBeMended() throws Exception {
    Data.text(folder.resolve("data/orders/one.csv"), "id,amount\n1,5\n");
    Data.text(folder.resolve("total.sql"), "SELECT count(*) AS total FROM orders");
    save(folder.resolve("kindling.yaml"), "pipeline: [");
    try (Watching run = new Watching("--changed")) {
      run.await("error");
      run.await("watching; Ctrl-C ends it");
      pipeline("true");
      run.await("kindling.yaml saved: orders, large, total, numbers in ");
    }
  }

  @Test
  void optionsThatDoNotFitAreRefused() {
    assertThat(Cli.launch("run", folder.toString(), "--watch", "--verify").errorOutput())
        .contains("--watch does not go together with --verify. Leave one of them out.");
    assertThat(Cli.launch("run", folder.toString(), "--watch", "--output", "json").exitCode())
        .isEqualTo(2);
  }
}
