package dev.kindling.embedded.read;

import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.Source;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.run.DuckDb;
import dev.kindling.embedded.run.RowFunction;
import dev.kindling.embedded.run.TextFunction;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.types.DuckTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The gate for CSV. One pass over all bytes decides: DuckDB's reader takes files of which every CSV
 * parser makes the same fields, with Spark's own code for the texts that the two engines convert
 * differently; Spark's own parser, in this process, reads other files.
 */
public final class CsvReader {
  /** The columns of a table of bad records. */
  private static final StructType BAD_RECORDS =
      StructType.fromDDL("_file STRING, _line BIGINT, _record STRING, _reason STRING");

  private static final Pattern PATTERN = Pattern.compile("[*?\\[{]");

  private static final List<String> OTHER_CODECS =
      List.of(".bz2", ".deflate", ".lz4", ".snappy", ".zst", ".passthrough");

  private final DuckDb duckDb;
  private final SqlFrontEnd frontEnd;
  private final int threads;
  private final Path spillFolder;
  private final Map<String, String> functions = new HashMap<>();
  private final Map<String, CsvBadRecords> badRecords = new HashMap<>();
  private final Map<Files, Opened> opened = new HashMap<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private int parsers;

  /** What a source was when it was looked at. */
  private record Files(Source.Csv source, String session, List<String> stamps) {}

  /** What was found: the same source has several names in a run, and is looked at once. */
  private record Opened(GatedSource gated, Optional<CsvBadRecords> badRecords) {}

  /**
   * @param threads how many threads may look at files
   * @param spillFolder where bad records are kept that somebody may ask for
   */
  public CsvReader(DuckDb duckDb, SqlFrontEnd frontEnd, int threads, Path spillFolder) {
    this.duckDb = duckDb;
    this.frontEnd = frontEnd;
    this.threads = threads;
    this.spillFolder = spillFolder;
  }

  /**
   * Looks at a file or folder. Throws for a bad record in a source that does not accept any.
   *
   * @param name the table's name, for messages
   */
  public GatedSource open(String name, Source.Csv source) {
    badRecords.remove(key(name));
    cancelled.set(false);
    if (PATTERN.matcher(source.path().toString()).find()
        && !java.nio.file.Files.exists(source.path())) {
      return refuse(name, "its path is a pattern");
    }
    FileListing listing = FileListing.of(name, source.path());
    if (listing.isNested()) {
      return refuse(name, "its files lie in partition folders");
    }
    for (Path file : listing.files()) {
      String last = file.getFileName().toString().toLowerCase(Locale.ROOT);
      if (OTHER_CODECS.stream().anyMatch(last::endsWith)) {
        return refuse(name, file.getFileName() + " is compressed in a way that only Spark reads");
      }
    }
    CsvSettings settings;
    try {
      settings = CsvSettings.of(frontEnd, source);
    } catch (CsvSettings.Unsupported e) {
      return refuse(name, e.getMessage());
    }
    Opened result =
        opened.computeIfAbsent(
            new Files(source, settings.sessionKey(), stamps(name, listing)),
            files -> open(name, listing, settings));
    result.badRecords().ifPresent(kept -> badRecords.put(key(name), kept));
    return result.gated();
  }

  /** Size and time of last change of each file, by which a change is seen. */
  private static List<String> stamps(String name, FileListing listing) {
    List<String> stamps = new ArrayList<>();
    for (Path file : listing.files()) {
      try {
        stamps.add(
            file
                + " "
                + java.nio.file.Files.size(file)
                + " "
                + java.nio.file.Files.getLastModifiedTime(file));
      } catch (IOException e) {
        throw CsvChunk.unreadable(name, file, e);
      }
    }
    return stamps;
  }

  private Opened open(String name, FileListing listing, CsvSettings settings) {
    List<CsvChunk> chunks = CsvChunk.of(name, listing.files(), false);
    CsvBadRecords kept = new CsvBadRecords(spillFolder, chunks);
    CsvScan.Findings findings = scan(name, listing, settings, chunks, kept);
    boolean byQuery = settings.mode() == CsvSettings.Mode.BY_QUERY;
    if (findings.irregular().isPresent()) {
      kept.close();
      if (byQuery) {
        return new Opened(
            refuse(
                name,
                "which of its records are malformed may depend on the columns that a query"
                    + " selects: "
                    + findings.irregular().get()),
            Optional.empty());
      }
      return parsed(name, listing, settings);
    }
    if (byQuery && findings.anyBad()) {
      return new Opened(
          refuse(
              name,
              "which of its records are malformed depends on the columns that a query selects"),
          Optional.empty());
    }
    return new Opened(new GatedSource.Readable(regular(settings, findings)), Optional.of(kept));
  }

  private CsvScan.Findings scan(
      String name,
      FileListing listing,
      CsvSettings settings,
      List<CsvChunk> chunks,
      CsvBadRecords kept) {
    CsvSettings.Layout layout;
    try {
      layout = settings.layout();
    } catch (CsvSettings.Unsupported e) {
      return CsvScan.Findings.needsParser(e.getMessage());
    }
    for (Path file : listing.files()) {
      if (file.toString().chars().anyMatch(c -> "*?[]\\".indexOf(c) >= 0)) {
        return CsvScan.Findings.needsParser("DuckDB takes the name " + file + " for a pattern");
      }
    }
    return CsvScan.run(name, settings, layout, chunks, kept, threads, cancelled);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Stops looking at files, from any thread. */
  public void cancel() {
    cancelled.set(true);
  }

  /** How many records of a table were left out and kept aside. */
  public long badRecords(String name) {
    CsvBadRecords kept = badRecords.get(key(name));
    return kept == null ? 0 : kept.count();
  }

  /**
   * The records of a table that were left out and kept aside: file, line from 1, text and reason.
   */
  public Relation badRecordsOf(String name) {
    CsvBadRecords kept =
        Optional.ofNullable(badRecords.get(key(name)))
            .orElseGet(() -> new CsvBadRecords(spillFolder, List.of()));
    String sql = "(" + kept.sql() + ")";
    return new Relation.Native(
        BAD_RECORDS,
        alias -> new Query.From.Table(sql, alias, List.of("c0", "c1", "c2", "c3")),
        alias -> columns(alias, 4));
  }

  private static List<Sql> columns(String alias, int count) {
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new Sql.Column(alias, "c" + i));
    }
    return columns;
  }

  private static GatedSource refuse(String name, String why) {
    return new GatedSource.Refused(
        List.of(Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, name, why)));
  }

  /** The files as Spark's parser reads them in this process. */
  private Opened parsed(String name, FileListing listing, CsvSettings settings) {
    boolean wholeFiles =
        settings.options().multiLine() || settings.options().lineSeparator().isDefined();
    List<CsvChunk> chunks = CsvChunk.of(name, listing.files(), wholeFiles);
    CsvBadRecords kept = new CsvBadRecords(spillFolder, chunks);
    CsvParserSource source = new CsvParserSource(name, settings, chunks, kept);
    parsers++;
    String rows = RowFunction.register(duckDb, "csv_" + parsers, source);
    String from = rows;
    if (settings.mode() == CsvSettings.Mode.QUARANTINE) {
      // Read once, so that the records that are kept aside are complete before anybody asks.
      String table = "kindling_csv_" + parsers;
      RowFunction.keepRows(
          duckDb,
          rows,
          false,
          () -> {
            duckDb.execute("CREATE TEMP TABLE " + table + " AS FROM " + rows);
            return table;
          });
      from = table;
      kept.lines(source.lines());
    }
    String text = from;
    Relation relation =
        new Relation.Native(
            settings.schema(),
            alias -> new Query.From.Table(text, alias, List.of()),
            alias -> {
              List<Sql> all = new ArrayList<>();
              for (int i = 0; i < settings.schema().length(); i++) {
                DataType type = settings.schema().fields()[i].dataType();
                all.add(RowFunction.value(new Sql.Column(alias, "c" + i), type));
              }
              return all;
            });
    return new Opened(new GatedSource.Readable(relation), Optional.of(kept));
  }

  private Relation regular(CsvSettings settings, CsvScan.Findings findings) {
    return new Relation.Native(
        settings.schema(),
        alias -> new Query.From.Table(scanSql(settings, findings), alias, List.of()),
        alias -> {
          List<Sql> all = new ArrayList<>();
          for (int i = 0; i < settings.schema().length(); i++) {
            all.add(column(settings, findings, i, new Sql.Column(alias, "c" + i)));
          }
          return all;
        });
  }

  /** Whether DuckDB reads the column as text, and Spark's code converts it. */
  private static boolean isConverted(CsvSettings settings, CsvScan.Findings findings, int column) {
    DataType type = settings.schema().fields()[column].dataType();
    // Where clocks are turned back, the two engines choose different instants.
    boolean zoned =
        type instanceof TimestampType
            && !settings.options().zoneId().normalized().equals(java.time.ZoneOffset.UTC);
    return findings.odd()[column] || zoned;
  }

  private Sql column(CsvSettings settings, CsvScan.Findings findings, int i, Sql value) {
    StructField field = settings.schema().fields()[i];
    if (isConverted(settings, findings, i)) {
      return RowFunction.value(Sql.call(converter(settings, field), value), field.dataType());
    }
    return field.dataType() instanceof TimestampType
        ? Sql.call("timezone", Sql.string("UTC"), value)
        : value;
  }

  private String scanSql(CsvSettings settings, CsvScan.Findings findings) {
    StructField[] fields = settings.schema().fields();
    if (findings.files().isEmpty()) {
      List<String> nulls = new ArrayList<>();
      for (int i = 0; i < fields.length; i++) {
        nulls.add("CAST(NULL AS " + physicalType(settings, findings, i) + ") AS c" + i);
      }
      return "(SELECT " + String.join(", ", nulls) + " WHERE false)";
    }
    List<String> columns = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      columns.add("'c%d': '%s'".formatted(i, physicalType(settings, findings, i)));
      if (findings.bad()[i]) {
        bad.add(
            "c%d IS NOT NULL AND %s(c%d) IS NULL".formatted(i, converter(settings, fields[i]), i));
      }
    }
    String scan = read(settings, findings, columns);
    boolean leaveOut =
        !bad.isEmpty()
            && (settings.mode() == CsvSettings.Mode.DROP
                || settings.mode() == CsvSettings.Mode.QUARANTINE);
    return leaveOut
        ? "(SELECT * FROM " + scan + " WHERE NOT (" + String.join(" OR ", bad) + "))"
        : scan;
  }

  private static String read(
      CsvSettings settings, CsvScan.Findings findings, List<String> columns) {
    CsvSettings.Layout layout;
    try {
      layout = settings.layout();
    } catch (CsvSettings.Unsupported e) {
      throw new IllegalStateException(e);
    }
    String quote = findings.quotes() ? text(Character.toString(layout.quote())) : "''";
    String nulls = layout.nullValue().isEmpty() ? "" : ", " + text(layout.nullValue());
    boolean compressed = findings.files().stream().anyMatch(CsvChunk::isCompressed);
    return """
    read_csv([%s], columns = {%s}, auto_detect = false, header = false, skip = %d, delim = %s, \
    quote = %s, escape = %s, nullstr = [''%s], new_line = '%s', compression = '%s', \
    hive_partitioning = false)"""
        .formatted(
            findings.files().stream()
                .map(file -> text(file.toString()))
                .collect(Collectors.joining(", ")),
            String.join(", ", columns),
            layout.header() ? 1 : 0,
            text(Character.toString(layout.delimiter())),
            quote,
            quote,
            nulls,
            findings.carriageReturns() ? "\\r\\n" : "\\n",
            compressed ? "gzip" : "none");
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String physicalType(CsvSettings settings, CsvScan.Findings findings, int column) {
    if (isConverted(settings, findings, column)) {
      return "VARCHAR";
    }
    DataType type = settings.schema().fields()[column].dataType();
    return type instanceof TimestampType ? "TIMESTAMP" : DuckTypes.of(type).orElseThrow();
  }

  /** The DuckDB function that converts a text as Spark's CSV source does; NULL when it cannot. */
  private String converter(CsvSettings settings, StructField field) {
    return functions.computeIfAbsent(
        settings.converterKey(field.dataType()),
        key -> {
          String function = "kindling_csv_" + (functions.size() + 1);
          TextFunction.register(
              duckDb, function, field.dataType(), () -> lenient(settings.converter(field)));
          return function;
        });
  }

  private static Function<String, Object> lenient(scala.Function1<String, Object> converter) {
    return text -> {
      try {
        return converter.apply(text);
      } catch (Exception e) {
        // Rethrows what is no answer about the text.
        CsvReasons.of(e);
        return null;
      }
    };
  }
}
