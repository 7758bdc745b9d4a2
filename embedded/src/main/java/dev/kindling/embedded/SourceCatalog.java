package dev.kindling.embedded;

import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.read.CsvReader;
import dev.kindling.embedded.read.GatedSource;
import dev.kindling.embedded.read.ParquetReader;
import dev.kindling.embedded.read.Relation;
import dev.kindling.embedded.run.DuckDb;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The files that queries read by name, and the gates before them. */
final class SourceCatalog {
  // As in hdfs://host/path and file:/path; a single letter is a drive.
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private final SqlFrontEnd frontEnd;
  private final Supplier<DuckDb> duckDb;
  private final EmbeddedOptions options;
  private final Map<String, Source> offered = new HashMap<>();
  private volatile CsvReader csv;

  SourceCatalog(SqlFrontEnd frontEnd, Supplier<DuckDb> duckDb, EmbeddedOptions options) {
    this.frontEnd = frontEnd;
    this.duckDb = duckDb;
    this.options = options;
  }

  /**
   * Makes a source known by name, in place of what had the name before. Looks at its files: throws
   * when there are none or they are broken.
   */
  Registration register(String name, Source source) {
    offered.remove(key(name));
    GatedSource gated = gate(name, source);
    if (gated instanceof GatedSource.Readable readable) {
      frontEnd.register(name, readable.relation());
      return new Registration.Native(readable.relation().schema().json(), List.of());
    }
    return new Registration.Refused(((GatedSource.Refused) gated).refusals());
  }

  /** Makes a source known by name without looking at it before a query names it. */
  void offer(String name, Source source) {
    offered.put(key(name), source);
  }

  /** Looks at the offered sources that a query names; throws when one is refused. */
  void open(String sql) {
    if (offered.isEmpty()) {
      return;
    }
    for (String name : frontEnd.references(sql)) {
      Source source = offered.get(key(name));
      if (source != null && register(name, source) instanceof Registration.Refused refused) {
        throw new RefusedSourceException(name, refused.refusals());
      }
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private GatedSource gate(String name, Source source) {
    if (source instanceof Source.Parquet parquet) {
      return withoutLengths(
          name, new ParquetReader(duckDb.get(), frontEnd).open(name, parquet.path()));
    } else if (source instanceof Source.Declared declared) {
      StructType schema = (StructType) StructType.fromJson(declared.schemaJson());
      return new GatedSource.Readable(new Relation.OnSpark(schema.asNullable(), declared.why()));
    }
    return csv().open(name, (Source.Csv) source);
  }

  /**
   * Lengths of CHAR and VARCHAR are Spark's analyser's to keep, which needs a catalogue of tables.
   */
  private static GatedSource withoutLengths(String name, GatedSource source) {
    if (source instanceof GatedSource.Readable readable) {
      for (StructField field : readable.relation().schema().fields()) {
        if (field.metadata().contains("__CHAR_VARCHAR_TYPE_STRING")) {
          return new GatedSource.Refused(
              List.of(
                  Refusal.of(
                      RefusalCode.SOURCE_NOT_SUPPORTED,
                      name,
                      "column " + field.name() + " is CHAR or VARCHAR")));
        }
      }
    }
    return source;
  }

  private CsvReader csv() {
    if (csv == null) {
      csv = new CsvReader(duckDb.get(), frontEnd, options.threads(), options.spillFolder());
    }
    return csv;
  }

  /** How many records of a source were left out and kept aside; 0 for other tables. */
  long badRecords(String name) {
    return csv == null ? 0 : csv.badRecords(name);
  }

  /**
   * Makes the records that were left out of a source known as a table of its own: {@code _file},
   * {@code _line} from 1, {@code _record} (its text) and {@code _reason}.
   *
   * @param name the source, of which bad records are put into quarantine
   * @param as the name of the new table
   */
  void registerBadRecords(String name, String as) {
    offered.remove(key(as));
    frontEnd.register(as, csv().badRecordsOf(name));
  }

  /** The relation of a path that a query names itself, as in {@code FROM parquet.`path`}. */
  Relation fileRelation(String format, String path) {
    if (!format.equals("parquet")) {
      throw new RefusedSourceException(
          path,
          List.of(
              Refusal.of(
                  RefusalCode.SOURCE_NOT_SUPPORTED,
                  format + ".`" + path + "`",
                  "Spark has to find out the schema")));
    }
    if (SCHEME.matcher(path).lookingAt()) {
      throw new RefusedSourceException(
          path,
          List.of(
              Refusal.of(
                  RefusalCode.SOURCE_NOT_SUPPORTED,
                  format + ".`" + path + "`",
                  "the embedded engine reads paths of this machine that name no file system")));
    }
    GatedSource gated = gate(path, new Source.Parquet(Path.of(path)));
    if (gated instanceof GatedSource.Refused refused) {
      throw new RefusedSourceException(path, refused.refusals());
    }
    return ((GatedSource.Readable) gated).relation();
  }

  /** Forgets a name; false when it was not known. */
  boolean drop(String name) {
    boolean waiting = offered.remove(key(name)) != null;
    return frontEnd.drop(name) || waiting;
  }

  /** Stops the reading of files, from any thread. */
  void cancel() {
    if (csv != null) {
      csv.cancel();
    }
  }
}
