package dev.kindling.testkit.fuzz;

import dev.kindling.embedded.PreparedQuery;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.SqlException;
import dev.kindling.testkit.Comparison;
import dev.kindling.testkit.fuzz.Query.Item;
import dev.kindling.testkit.fuzz.Query.Select;
import dev.kindling.testkit.fuzz.Signatures.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Runs random queries on both engines. Everything follows from the seed: the tables, the queries
 * and the settings under which they run.
 */
public final class Fuzzer implements AutoCloseable {
  /** Functions of Spark's code stay in DuckDB until it is closed. */
  private static final int RENEW_AFTER = 400;

  private static final int SHRINKING_TRIES = 600;

  /** The file in a fuzzer's folder that holds the query it runs: a dead process leaves it. */
  public static final String RUNNING = "running.sql";

  private final long seed;
  private final Path running;
  private final Bed bed;
  private final QueryGenerator generator;
  private final Random random;
  private final FuzzReport report;
  private final Consumer<String> log;
  private boolean stopAtFirst;

  /**
   * Writes the tables of a seed and opens both engines over them.
   *
   * @param folder a folder of this seed's own
   * @param log takes lines for people
   */
  public Fuzzer(long seed, Path folder, Consumer<String> log) {
    this.seed = seed;
    this.log = log;
    running = folder.resolve(RUNNING);
    random = new Random(seed);
    List<Data.Table> tables = new Data(new Random(seed)).tables();
    generator = new QueryGenerator(new Random(seed + 1), tables);
    bed = new Bed(folder, tables);
    report = new FuzzReport(seed);
  }

  /** Ends the run at the first difference. */
  public Fuzzer stopAtFirst() {
    stopAtFirst = true;
    return this;
  }

  /** Runs random queries until so many have run on both engines. */
  public FuzzReport run(int queries) {
    long start = System.nanoTime();
    leaveOutRefusedSignatures();
    int number = 0;
    long said = start;
    while (report.compared() < queries
        && number < 4 * queries + 20
        && !(stopAtFirst && !report.differences().isEmpty())) {
      number++;
      if (number % RENEW_AFTER == 0) {
        bed.renew();
      }
      bed.use(Settings.random(random));
      boolean packed = random.nextInt(12) > 0;
      Query query = packed ? generator.packed() : generator.raising();
      note(query);
      try {
        one(number, query, packed);
      } catch (RuntimeException e) {
        crashed(number, query, e);
      }
      if (System.nanoTime() - said > 30_000_000_000L) {
        said = System.nanoTime();
        log.accept(
            "%d of %d queries, %d different, %.1f a second"
                .formatted(
                    report.compared(),
                    queries,
                    report.differences().size(),
                    report.compared() / ((said - start) / 1e9)));
      }
    }
    report.signatures(generator.usedSignatures(), generator.signatures().size());
    report.took(System.nanoTime() - start);
    return report;
  }

  private void note(Query query) {
    try {
      Files.writeString(running, bed.settings() + "\n" + query.sql() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A signature that the embedded engine always refuses would only make queries prove nothing. */
  private void leaveOutRefusedSignatures() {
    bed.use(new Settings(true, "America/Los_Angeles"));
    for (Signature signature : generator.signatures()) {
      boolean works = false;
      String reason = "no column for it";
      for (int attempt = 0; attempt < (signature.isGeneric() ? 5 : 2) && !works; attempt++) {
        Optional<Query> probe = generator.probe(signature);
        if (probe.isPresent()) {
          try {
            PreparedQuery prepared = bed.prepare(probe.get().sql());
            works = prepared.translated();
            if (works && usesSparkCode(prepared)) {
              generator.runsSparkCode(signature);
            }
            reason = works ? "" : reason(prepared.refusals().get(0));
          } catch (SqlException e) {
            reason = "not valid: " + e.getMessage().lines().findFirst().orElse("");
          }
        }
      }
      if (!works) {
        generator.avoid(signature);
        report.leftOut(signature.line(), reason);
      }
    }
    generator.forgetUse();
  }

  private static boolean usesSparkCode(PreparedQuery query) {
    return query.engineSql().orElse("").contains("spark_");
  }

  private static String reason(Refusal refusal) {
    return refusal.code() + ": " + refusal.detail();
  }

  private void one(int number, Query generated, boolean packed) {
    Query query = generated;
    List<Refusal> refusals = new ArrayList<>();
    Optional<PreparedQuery> prepared = prepare(query, refusals);
    if (prepared.isEmpty() && query instanceof Select select) {
      Optional<Select> repaired = repaired(select, refusals);
      if (repaired.isPresent()) {
        query = repaired.get();
        prepared = prepare(query);
      }
    }
    if (prepared.isEmpty()) {
      return;
    }
    // Some queries meet Spark as it runs large tables at once.
    Comparison comparison =
        random.nextInt(25) == 0 ? bed.compareCompiled(query.sql()) : bed.compare(prepared.get());
    boolean raised =
        comparison instanceof Comparison.Reruns || comparison instanceof Comparison.BothFail;
    if (raised && packed && query instanceof Select select) {
      // One raising expression must not hide the others.
      Optional<Select> calm = withoutRaising(select);
      if (calm.isPresent()) {
        query = calm.get();
        prepared = prepare(query);
        if (prepared.isEmpty()) {
          return;
        }
        comparison = bed.compare(prepared.get());
      }
    }
    count(number, query, prepared.get(), comparison);
  }

  private void count(int number, Query query, PreparedQuery prepared, Comparison comparison) {
    if (comparison instanceof Comparison.Equal) {
      report.equal(query, usesSparkCode(prepared));
    } else if (comparison instanceof Comparison.BothFail) {
      report.sameError();
    } else if (comparison instanceof Comparison.Reruns reruns) {
      report.rerun(reruns.why());
    } else if (comparison instanceof Comparison.NotComparable) {
      report.notComparable();
    } else if (comparison instanceof Comparison.Different difference) {
      different(number, query, difference.what());
    }
  }

  private void different(int number, Query query, String what) {
    if (isOptimisersOwn(what)) {
      report.sparkDisagrees();
      log.accept("Spark's optimiser fails: " + query.sql());
      return;
    }
    boolean limited = what.startsWith("Spark fails where") && query.sql().contains(" LIMIT ");
    if (limited
        && bed.compareCompiled(query.sql().replaceAll(" LIMIT \\d+", ""))
            instanceof Comparison.BothFail) {
      // Of rows that a LIMIT leaves out, an engine need not work out the columns.
      report.raisesBeyondLimit();
      return;
    }
    if (!isDifferentCompiled(query)) {
      report.sparkDisagrees();
      log.accept("Spark's interpreter and its compiled code differ: " + query.sql());
      return;
    }
    log.accept("query %d differs, shrinking it".formatted(number));
    Query shrunk = new Shrinker(this::isDifferentCompiled, SHRINKING_TRIES).shrink(query);
    if (what.startsWith("Spark fails where") && raisesAlone(shrunk, what)) {
      report.raisesOverOtherRows();
      log.accept("Spark raises over rows that have no part in the answer: " + shrunk.sql());
      return;
    }
    Difference difference =
        new Difference(
            seed,
            number,
            bed.settings().toString(),
            query.sql(),
            shrunk.sql(),
            String.valueOf(bed.compareCompiled(shrunk.sql())));
    report.different(difference);
    log.accept(difference.toString());
  }

  private boolean raisesAlone(Query query, String what) {
    return LoneExpressions.of(query).stream()
        .anyMatch(
            sql ->
                bed.compareCompiled(sql) instanceof Comparison.BothFail both
                    && what.endsWith(": " + both.errorClass()));
  }

  /** Spark's optimiser stumbles: over NOT EXISTS (… AND false), over listagg beside DISTINCT. */
  private static boolean isOptimisersOwn(String what) {
    return what.contains("NoSuchElementException: None.get")
        || what.contains("cannot be cast to class org.apache.spark");
  }

  /** A query that the embedded engine neither answers nor refuses. */
  private void crashed(int number, Query query, RuntimeException failure) {
    Query shrunk =
        new Shrinker(q -> failureOf(q).equals(failure.getClass().getName()), SHRINKING_TRIES)
            .shrink(query);
    report.different(
        new Difference(
            seed,
            number,
            bed.settings().toString(),
            query.sql(),
            shrunk.sql(),
            "the embedded engine fails: " + failure));
    log.accept(report.differences().get(report.differences().size() - 1).toString());
    java.io.StringWriter trace = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(trace));
    log.accept(trace.toString());
  }

  private String failureOf(Query query) {
    try {
      prepare(query).ifPresent(bed::runs);
      return "";
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  private boolean isDifferentCompiled(Query query) {
    try {
      return bed.compareCompiled(query.sql()) instanceof Comparison.Different difference
          && !isOptimisersOwn(difference.what());
    } catch (RuntimeException e) {
      return false;
    }
  }

  private Optional<PreparedQuery> prepare(Query query) {
    try {
      return Optional.of(bed.prepare(query.sql())).filter(PreparedQuery::translated);
    } catch (SqlException e) {
      return Optional.empty();
    }
  }

  /** Prepares a query for the first time: what speaks against it is counted. */
  private Optional<PreparedQuery> prepare(Query query, List<Refusal> refusals) {
    try {
      PreparedQuery prepared = bed.prepare(query.sql());
      if (prepared.translated()) {
        return Optional.of(prepared);
      }
      report.refusedQuery();
      refusals.addAll(prepared.refusals());
      refusals.stream().map(Fuzzer::reason).distinct().forEach(report::refused);
    } catch (SqlException e) {
      report.invalid();
      report.refused("not valid: " + e.errorClass());
      if (e.errorClass().startsWith("PARSE") || e.errorClass().startsWith("UNRESOLVED")) {
        log.accept("not valid: " + e.getMessage() + "\n  " + query.sql());
      }
    }
    return Optional.empty();
  }

  /** The query without what the embedded engine refuses, if something is left. */
  private Optional<Select> repaired(Select select, List<Refusal> refusals) {
    Select bare = select.withOrder(List.of(), Optional.empty());
    Optional<Select> pointed = withoutPlaces(select, refusals);
    if (pointed.isPresent() && prepare(pointed.get()).isPresent()) {
      return pointed;
    }
    List<Item> kept = translated(bare);
    if (kept.isEmpty()) {
      bare = bare.withWhere(Optional.empty()).withHaving(Optional.empty());
      kept = translated(bare);
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(bare.withItems(kept));
  }

  private List<Item> translated(Select select) {
    return select.items().stream()
        .filter(item -> prepare(select.withItems(List.of(item))).isPresent())
        .toList();
  }

  /** The query without the columns that refusals point at. */
  private static Optional<Select> withoutPlaces(Select select, List<Refusal> refusals) {
    List<Item> kept = new ArrayList<>();
    int start = "SELECT ".length() + (select.distinct() ? "DISTINCT ".length() : 0);
    for (Item item : select.items()) {
      int from = start;
      int to = start + item.sql().length();
      boolean refused =
          refusals.stream()
              .mapToInt(refusal -> refusal.column().orElse(0) - 1)
              .anyMatch(place -> place >= from && place < to);
      if (!refused) {
        kept.add(item);
      }
      start = to + ", ".length();
    }
    boolean fewer = !kept.isEmpty() && kept.size() < select.items().size();
    return fewer
        ? Optional.of(select.withOrder(List.of(), Optional.empty()).withItems(kept))
        : Optional.empty();
  }

  private Optional<Select> withoutRaising(Select select) {
    List<Item> kept = new ArrayList<>();
    Select bare = select.withOrder(List.of(), Optional.empty());
    for (Item item : select.items()) {
      Optional<PreparedQuery> prepared = prepare(bare.withItems(List.of(item)));
      if (prepared.isPresent() && bed.runs(prepared.get())) {
        kept.add(item);
      }
    }
    boolean fewer = !kept.isEmpty() && kept.size() < select.items().size();
    return fewer ? Optional.of(bare.withItems(kept)) : Optional.empty();
  }

  @Override
  public void close() {
    bed.close();
  }
}
