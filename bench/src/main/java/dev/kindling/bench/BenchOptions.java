package dev.kindling.bench;

import static java.util.Objects.requireNonNull;

import dev.kindling.bench.engine.EngineKind;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The options of all benchmarks, checked. */
record BenchOptions(
    double scale,
    int rounds,
    OptionalDouble minRatio,
    List<Workload.Query> queries,
    List<EngineKind> engines,
    Path data,
    long memoryBytes,
    int threads,
    Optional<Path> kindling,
    boolean json,
    Path out) {

  private static final List<String> NAMES =
      List.of(
          "--scale",
          "--rounds",
          "--min",
          "--queries",
          "--engines",
          "--data",
          "--memory",
          "--threads",
          "--kindling",
          "--output",
          "--out");
  private static final String DATAFRAME = "--dataframe";
  private static final String DATAFRAME_ENGINES = "kindling-dataframe,spark,spark-tuned";
  private static final Pattern SIZE = Pattern.compile("(\\d+)([mg])", Pattern.CASE_INSENSITIVE);

  BenchOptions {
    requireNonNull(minRatio, "minRatio is null");
    queries = List.copyOf(queries);
    engines = List.copyOf(engines);
    requireNonNull(data, "data is null");
    requireNonNull(kindling, "kindling is null");
    requireNonNull(out, "out is null");
  }

  /** Reads {@code --name value} and {@code --name=value}; all problems in one exception. */
  static BenchOptions parse(Workload workload, List<String> args) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String[] parts = args.get(i).split("=", 2);
      if (args.get(i).equals(DATAFRAME)) {
        values.putIfAbsent("--engines", DATAFRAME_ENGINES);
      } else if (!NAMES.contains(parts[0])) {
        problems.add(
            "Unknown option '%s' (accepted: %s)".formatted(parts[0], String.join(", ", NAMES)));
      } else if (parts.length == 2) {
        values.put(parts[0], parts[1]);
      } else if (i + 1 < args.size()) {
        values.put(parts[0], args.get(++i));
      } else {
        problems.add("Option %s has no value".formatted(parts[0]));
      }
    }
    Reader read = new Reader(values, problems);
    double scale =
        read.value(
                "--scale",
                "1",
                "a number from 0.001 to 1000",
                Double::valueOf,
                s -> s >= 0.001 && s <= 1000)
            .orElse(1.0);
    BenchOptions options =
        new BenchOptions(
            scale,
            read.value(
                    "--rounds",
                    Integer.toString(workload.rounds()),
                    "a whole number from 1",
                    Integer::valueOf,
                    n -> n >= 1)
                .orElse(1),
            read.value("--min", "0", "a number from 0", Double::valueOf, min -> min >= 0)
                .filter(min -> min > 0)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()),
            read.value(
                    "--queries",
                    "all",
                    "all, or some parted by commas: " + names(workload),
                    text -> queries(workload, text),
                    list -> !list.isEmpty())
                .orElse(List.of()),
            read.value(
                    "--engines",
                    workload.engines(),
                    EngineKind.names(),
                    BenchOptions::engines,
                    list -> !list.isEmpty())
                .orElse(List.of()),
            Path.of(values.getOrDefault("--data", workload.defaultFolder(scale).toString()))
                .toAbsolutePath(),
            read.value(
                    "--memory",
                    "4g",
                    "a size from 1g, such as 4g or 1500m",
                    BenchOptions::bytes,
                    bytes -> bytes >= 1L << 30)
                .orElse(0L),
            read.value(
                    "--threads",
                    String.valueOf(Runtime.getRuntime().availableProcessors()),
                    "a whole number from 1",
                    Integer::valueOf,
                    n -> n >= 1)
                .orElse(1),
            kindling(values, problems),
            read.value(
                    "--output",
                    "text",
                    "text, json",
                    Function.identity(),
                    o -> o.matches("text|json"))
                .orElse("text")
                .equals("json"),
            Path.of(values.getOrDefault("--out", "bench-data")).toAbsolutePath());
    if (!problems.isEmpty()) {
      throw new KindlingException(ErrorCode.USAGE, String.join("\n", problems));
    }
    return options;
  }

  /** The value of one option, or a problem added to the list. */
  private record Reader(Map<String, String> values, List<String> problems) {
    <T> Optional<T> value(
        String name,
        String byDefault,
        String accepted,
        Function<String, T> parse,
        Predicate<T> valid) {
      String text = values.getOrDefault(name, byDefault);
      try {
        T value = parse.apply(text);
        if (valid.test(value)) {
          return Optional.of(value);
        }
      } catch (IllegalArgumentException e) {
        // Said below, in the user's terms.
      }
      problems.add("Option %s is '%s' (accepted: %s)".formatted(name, text, accepted));
      return Optional.empty();
    }
  }

  /** The launcher to measure. */
  Path requireKindling(String benchmark) {
    return kindling.orElseThrow(
        () ->
            new KindlingException(
                ErrorCode.USAGE,
                "Cannot run 'bench "
                    + benchmark
                    + "': no kindling launcher to start. Name it: --kindling PATH"));
  }

  private static Optional<Path> kindling(Map<String, String> values, List<String> problems) {
    if (values.containsKey("--kindling")) {
      Path launcher = Path.of(values.get("--kindling")).toAbsolutePath();
      if (!Files.isExecutable(launcher)) {
        problems.add("Option --kindling is '%s', which is no executable file".formatted(launcher));
      }
      return Optional.of(launcher);
    }
    return Optional.ofNullable(System.getProperty("kindling.home"))
        .flatMap(
            home ->
                List.of(Path.of(home, "bin", "kindling"), Path.of(home, "kindling")).stream()
                    .filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .findFirst());
  }

  private static String names(Workload workload) {
    return workload.queries().stream()
        .map(query -> query.name().replaceFirst("^q(?=\\d)", ""))
        .collect(Collectors.joining(", "));
  }

  /** Names that begin with q and a number may leave out the letter. */
  private static List<Workload.Query> queries(Workload workload, String text) {
    List<Workload.Query> all = workload.queries();
    if (text.equals("all")) {
      return all;
    }
    return Arrays.stream(text.split(","))
        .map(name -> name.strip().replaceFirst("^(?=\\d)", "q"))
        .distinct()
        .map(
            name ->
                all.stream()
                    .filter(query -> query.name().equals(name))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new))
        .toList();
  }

  private static List<EngineKind> engines(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .map(name -> EngineKind.find(name).orElseThrow(IllegalArgumentException::new))
        .distinct()
        .toList();
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(text);
    }
    return Long.parseLong(size.group(1)) << (size.group(2).equalsIgnoreCase("g") ? 30 : 20);
  }
}
