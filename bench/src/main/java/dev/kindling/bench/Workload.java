package dev.kindling.bench;

import dev.kindling.bench.data.DataFolder;
import dev.kindling.bench.data.SsbData;
import dev.kindling.bench.data.TpcdsData;
import dev.kindling.bench.data.TpchData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a benchmark of queries runs on every engine: tables, generated data and queries. */
enum Workload {
  /** The 22 queries of {@code examples/tpch/queries}. */
  TPCH("tpch", "TPC-H") {
    @Override
    List<String> tables() {
      return TpchData.tables();
    }

    @Override
    Path prepare(Path folder, double scale, Consumer<String> talk) {
      return TpchData.prepare(folder, scale, talk).folder();
    }

    @Override
    List<Query> queries() {
      List<Query> queries = new ArrayList<>();
      for (int number = 1; number <= 22; number++) {
        queries.add(read("q" + number, "tpch/queries/q%02d.sql".formatted(number)));
      }
      return queries;
    }
  },
  /** TPC-DS 1.4, and those queries that version 2.7 changed, as Spark's own tests have them. */
  TPCDS("tpcds", "TPC-DS") {
    // Spark takes five minutes a round at scale 1.
    @Override
    int rounds() {
      return 3;
    }

    @Override
    String engines() {
      return "kindling,duckdb,spark";
    }

    @Override
    List<String> tables() {
      return TpcdsData.tables();
    }

    @Override
    Path prepare(Path folder, double scale, Consumer<String> talk) {
      return TpcdsData.prepare(folder, scale, talk).folder();
    }

    @Override
    List<Query> queries() {
      List<Query> queries = new ArrayList<>();
      for (int number = 1; number <= 99; number++) {
        String[] variants =
            switch (number) {
              case 14, 23, 24, 39 -> new String[] {"a", "b"};
              default -> new String[] {""};
            };
        for (String variant : variants) {
          String name = "q" + number + variant;
          queries.add(read(name, "spark-sql-tests/tpcds/" + name + ".sql"));
        }
      }
      for (String name : CHANGED_IN_2_7.split(" ")) {
        queries.add(read(name + "-v2.7", "spark-sql-tests/tpcds-v2.7.0/" + name + ".sql"));
      }
      return queries;
    }
  },
  /** The Star Schema Benchmark, as Spark's own tests have it. */
  SSB("ssb", "SSB") {
    @Override
    List<String> tables() {
      return SsbData.tables();
    }

    @Override
    Path prepare(Path folder, double scale, Consumer<String> talk) {
      return SsbData.prepare(folder, scale, talk).folder();
    }

    @Override
    List<Query> queries() {
      List<Query> queries = new ArrayList<>();
      int[] flights = {3, 3, 4, 3};
      for (int flight = 1; flight <= flights.length; flight++) {
        for (int number = 1; number <= flights[flight - 1]; number++) {
          String name = flight + "." + number;
          queries.add(read("q" + name, "spark-sql-tests/ssb/" + name + ".sql"));
        }
      }
      return queries;
    }
  },
  /** Popular functions, each worked out for every line item of TPC-H. */
  FUNCTIONS("functions", "Functions over lineitem") {
    @Override
    List<String> tables() {
      return List.of("lineitem");
    }

    @Override
    Path prepare(Path folder, double scale, Consumer<String> talk) {
      return TpchData.prepare(folder, scale, talk).folder();
    }

    @Override
    Path defaultFolder(double scale) {
      return TPCH.defaultFolder(scale);
    }

    @Override
    List<Query> queries() {
      return text("functions.txt")
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", 2))
          .map(parts -> new Query(parts[0].strip(), aggregated(parts[1].strip())))
          .toList();
    }

    private static String aggregated(String expression) {
      return AGGREGATE.matcher(expression).lookingAt()
          ? "SELECT %s FROM lineitem".formatted(expression)
          : "SELECT max(%s) FROM lineitem".formatted(expression);
    }
  };

  private static final Pattern AGGREGATE = Pattern.compile("(avg|sum|stddev|count|percentile)\\(");

  private static final String CHANGED_IN_2_7 =
      "q5a q6 q10a q11 q12 q14 q14a q18a q20 q22 q22a q24 q27a q34 q35 q35a q36a q47 q49 q51a q57"
          + " q64 q67a q70a q72 q74 q75 q77a q78 q80a q86a q98";

  /**
   * A query.
   *
   * @param name such as {@code q1}
   * @param sql its text in Spark's SQL
   */
  record Query(String name, String sql) {
    private static final Pattern LIMIT =
        Pattern.compile("\\blimit\\s+\\d+\\s*;?\\s*$", Pattern.CASE_INSENSITIVE);

    /** Whether it keeps only the first rows of its result. */
    boolean limited() {
      return LIMIT.matcher(sql).find();
    }

    /** The same query with all rows of its result. */
    String unlimited() {
      return LIMIT.matcher(sql).replaceFirst("");
    }
  }

  private final String id;
  private final String title;

  Workload(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The workload of this name. */
  static Optional<Workload> find(String id) {
    return Arrays.stream(values()).filter(workload -> workload.id.equals(id)).findFirst();
  }

  /** The name on the command line and in files. */
  String id() {
    return id;
  }

  /** The name in texts for people. */
  String title() {
    return title;
  }

  abstract List<String> tables();

  /**
   * Finds the data in {@code folder}, or generates it there.
   *
   * @return the folder of the data; the files of table {@code t} are in its folder {@code t}
   */
  abstract Path prepare(Path folder, double scale, Consumer<String> talk);

  /** All queries, in the order of the report; read anew each time. */
  abstract List<Query> queries();

  /** The query of this name. */
  Query query(String name) {
    return queries().stream()
        .filter(query -> query.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no query " + name));
  }

  /** How many rounds are measured when the user does not say. */
  int rounds() {
    return 5;
  }

  /** The engines that take part when the user does not say, as {@code --engines} takes them. */
  String engines() {
    return "kindling,duckdb,spark,spark-tuned";
  }

  /** Where the data is kept when the user names no folder. */
  Path defaultFolder(double scale) {
    return DataFolder.byDefault(id, scale);
  }

  private static Query read(String name, String resource) {
    return new Query(name, text(resource));
  }

  private static String text(String resource) {
    try (InputStream in = Workload.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
