package dev.kindling.embedded.read;

import dev.kindling.embedded.EngineFailure;
import dev.kindling.embedded.Refusal;
import dev.kindling.embedded.RefusalCode;
import dev.kindling.embedded.frontend.Scala;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import dev.kindling.embedded.run.DuckDb;
import dev.kindling.embedded.sql.Query;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.sql.SqlPrinter;
import dev.kindling.embedded.types.DuckTypes;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.datasources.PartitioningUtils$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.Option;

/**
 * The gate for Parquet: looks at the footers of all files, and lets DuckDB read them when it gives
 * Spark's rows for certain.
 */
public final class ParquetReader {
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";
  private static final Set<String> LEGACY_KEYS =
      Set.of("org.apache.spark.legacyDateTime", "org.apache.spark.legacyINT96");
  private static final String SPARK_VERSION = "org.apache.spark.version";

  // Spark and DuckDB undo the escapes of other characters in folder names differently.
  private static final Pattern PLAIN_PARTITION = Pattern.compile("[A-Za-z0-9_=.\\- :]*");

  private final DuckDb duckDb;
  private final SqlFrontEnd frontEnd;

  public ParquetReader(DuckDb duckDb, SqlFrontEnd frontEnd) {
    this.duckDb = duckDb;
    this.frontEnd = frontEnd;
  }

  /**
   * Looks at a file or folder.
   *
   * @param name the table's name, for messages
   * @return the relation; one without rows of its own when only Spark can read it
   */
  public GatedSource open(String name, Path path) {
    FileListing listing = FileListing.of(name, path);
    if (listing.summaries()) {
      return refuse(name, "the folder has Parquet summary files, which decide the schema");
    }
    Map<String, String> metadata;
    List<ParquetSchemas.Element> elements;
    try {
      if (schemas(listing) > 1) {
        return refuse(name, "its files do not all have the same schema");
      }
      elements = schema(listing.files().get(0));
      metadata = metadata(listing);
    } catch (EngineFailure e) {
      throw unreadable(name, listing, e);
    }
    try {
      return gate(name, listing, ParquetSchemas.columns(elements), metadata);
    } catch (ParquetSchemas.Undecided e) {
      return refuse(name, "column " + e.getMessage());
    }
  }

  private static KindlingException unreadable(String name, FileListing listing, EngineFailure e) {
    String message = e.getMessage();
    Path culprit =
        listing.files().stream()
            .filter(file -> message.contains(file.toString()))
            .findFirst()
            .orElse(listing.root());
    boolean denied = message.contains("Permission denied");
    return new KindlingException(
        denied ? ErrorCode.FILE_ACCESS : ErrorCode.FILE_CORRUPT,
        denied
            ? "Cannot read table '%s': permission denied on %s.".formatted(name, culprit)
            : "Cannot read table '%s': %s is not a whole Parquet file (%s). Write it again, or remove it."
                .formatted(name, culprit, firstLine(message)),
        e);
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.replaceFirst("^[A-Z][A-Za-z/ ]+ Error: ", "");
  }

  private static GatedSource refuse(String name, String why) {
    return new GatedSource.Refused(
        List.of(Refusal.of(RefusalCode.SOURCE_NOT_SUPPORTED, name, why)));
  }

  private GatedSource gate(
      String name,
      FileListing listing,
      List<ParquetSchemas.Column> columns,
      Map<String, String> metadata)
      throws ParquetSchemas.Undecided {
    Set<String> names = new HashSet<>();
    for (ParquetSchemas.Column column : columns) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        return refuse(name, "two columns are called " + column.name() + ", but for upper case");
      }
    }
    Optional<StructType> declared = declared(columns, metadata);
    StructType data = declared.orElseGet(() -> derived(columns));
    if (isLegacyCalendar(metadata) && holdsTimes(data)) {
      return refuse(name, "its dates or timestamps are in the calendar of Spark 2");
    }
    for (int i = 0; i < columns.size(); i++) {
      StructField field = data.fields()[i];
      Optional<String> expected = DuckTypes.of(field.dataType());
      if (!expected.equals(DuckTypes.of(columns.get(i).type()))) {
        return refuse(
            name,
            "column %s is %s to Spark, and %s in the file"
                .formatted(field.name(), field.dataType().sql(), columns.get(i).type().sql()));
      }
    }
    StructType partitions = partitions(listing);
    for (StructField partition : partitions.fields()) {
      DataType type = partition.dataType();
      boolean plain =
          type instanceof StringType
              || type instanceof IntegerType
              || type instanceof LongType
              || type instanceof DateType;
      if (!plain || names.contains(partition.name().toLowerCase(Locale.ROOT))) {
        return refuse(name, "partition column " + partition.name() + " is " + type.sql());
      }
    }
    if (partitions.fields().length > 0 && !hasPlainPartitions(listing)) {
      return refuse(name, "a partition folder's name has characters that need escapes");
    }
    return new GatedSource.Readable(relation(listing, columns, data, partitions));
  }

  private static boolean hasPlainPartitions(FileListing listing) {
    return listing.files().stream()
        .map(Path::getParent)
        .distinct()
        .map(folder -> listing.root().relativize(folder).toString())
        .allMatch(
            folder ->
                PLAIN_PARTITION.matcher(folder.replace(java.io.File.separatorChar, '=')).matches());
  }

  /** The schema that Spark itself wrote into the file, when it fits the file's columns. */
  private static Optional<StructType> declared(
      List<ParquetSchemas.Column> columns, Map<String, String> metadata) {
    String json = metadata.get(SPARK_SCHEMA);
    if (json == null) {
      return Optional.empty();
    }
    StructType schema = ((StructType) StructType.fromJson(json)).asNullable();
    List<String> physical = columns.stream().map(ParquetSchemas.Column::name).toList();
    return physical.equals(List.of(schema.fieldNames())) ? Optional.of(schema) : Optional.empty();
  }

  private static StructType derived(List<ParquetSchemas.Column> columns) {
    StructType schema = new StructType();
    for (ParquetSchemas.Column column : columns) {
      schema = schema.add(column.name(), column.type(), true);
    }
    return schema;
  }

  private static boolean isLegacyCalendar(Map<String, String> metadata) {
    String version = metadata.getOrDefault(SPARK_VERSION, "4");
    return version.startsWith("2.")
        || version.startsWith("1.")
        || LEGACY_KEYS.stream().anyMatch(metadata::containsKey);
  }

  private static boolean holdsTimes(StructType schema) {
    String json = schema.json();
    for (StructField field : schema.fields()) {
      boolean time =
          field.dataType() instanceof DateType
              || field.dataType() instanceof TimestampType
              || field.dataType() instanceof TimestampNTZType;
      if (time) {
        return true;
      }
    }
    return json.contains("\"date\"") || json.contains("\"timestamp");
  }

  /** Spark's own reading of the folder names. */
  private StructType partitions(FileListing listing) {
    if (!listing.isNested()) {
      return new StructType();
    }
    Set<org.apache.hadoop.fs.Path> folders = new LinkedHashSet<>();
    for (Path file : listing.files()) {
      folders.add(new org.apache.hadoop.fs.Path(file.getParent().toUri()));
    }
    org.apache.hadoop.fs.Path base = new org.apache.hadoop.fs.Path(listing.root().toUri());
    return frontEnd.within(
        () ->
            PartitioningUtils$.MODULE$
                .parsePartitions(
                    Scala.seq(new ArrayList<>(folders)),
                    frontEnd.conf().partitionColumnTypeInferenceEnabled(),
                    scala.jdk.javaapi.CollectionConverters.asScala(Set.of(base)).toSet(),
                    Option.empty(),
                    frontEnd.conf().caseSensitiveAnalysis(),
                    frontEnd.conf().validatePartitionColumns(),
                    frontEnd.conf().sessionLocalTimeZone(),
                    false)
                .partitionColumns());
  }

  private static Relation relation(
      FileListing listing,
      List<ParquetSchemas.Column> columns,
      StructType data,
      StructType partitions) {
    StructType schema = data;
    for (StructField partition : partitions.fields()) {
      schema = schema.add(partition.name(), partition.dataType(), true);
    }
    String text = scan(listing, partitions);
    return new Relation.Native(
        schema,
        alias -> new Query.From.Table(text, alias, List.of()),
        alias -> {
          List<Sql> all = new ArrayList<>();
          for (ParquetSchemas.Column column : columns) {
            all.add(converted(new Sql.Column(alias, column.name()), column));
          }
          for (StructField partition : partitions.fields()) {
            all.add(new Sql.Column(alias, partition.name()));
          }
          return all;
        });
  }

  private static Sql converted(Sql value, ParquetSchemas.Column column) {
    if (column.conversion().isEmpty()) {
      return value;
    }
    return switch (column.conversion().get()) {
      case INT96_IN_UTC -> Sql.call("timezone", Sql.string("UTC"), value);
      case FROM_UNSIGNED -> Sql.cast(value, DuckTypes.of(column.type()).orElseThrow());
    };
  }

  private static String scan(FileListing listing, StructType partitions) {
    StringBuilder text = new StringBuilder("read_parquet(").append(fileList(listing.files()));
    if (partitions.fields().length > 0) {
      List<String> types = new ArrayList<>();
      for (StructField partition : partitions.fields()) {
        types.add(
            "'%s': %s"
                .formatted(
                    partition.name().replace("'", "''"),
                    DuckTypes.of(partition.dataType()).orElseThrow()));
      }
      text.append(", hive_partitioning = true, hive_types = {")
          .append(String.join(", ", types))
          .append('}');
    } else {
      text.append(", hive_partitioning = false");
    }
    return text.append(')').toString();
  }

  private static String fileList(List<Path> files) {
    return files.stream()
        .map(file -> SqlPrinter.print(Sql.string(file.toString())))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  // A column that one file declares as never NULL and another does not is the same column.
  private long schemas(FileListing listing) {
    if (listing.files().size() == 1) {
      return 1;
    }
    return duckDb.query(
        """
        SELECT count(DISTINCT elements) FROM (
          SELECT file_name, list(
            {'n': name, 't': type, 'r': repetition_type = 'REPEATED', 'c': num_children, 'v': converted_type,
             's': scale, 'p': precision, 'l': logical_type} ORDER BY column_id)::VARCHAR AS elements
          FROM parquet_schema(%s) GROUP BY file_name)
        """
            .formatted(fileList(listing.files())),
        ParquetReader::number);
  }

  private static long number(ResultSet rows) throws SQLException {
    rows.next();
    return rows.getLong(1);
  }

  private List<ParquetSchemas.Element> schema(Path file) {
    return duckDb.query(
        """
        SELECT name, coalesce(type, ''), coalesce(repetition_type, ''), coalesce(num_children, 0),
          coalesce(converted_type, ''), coalesce(scale, 0), coalesce(precision, 0),
          coalesce(logical_type, ''), coalesce(duckdb_type, '')
        FROM parquet_schema(%s)
        """
            .formatted(fileList(List.of(file))),
        rows -> {
          List<ParquetSchemas.Element> elements = new ArrayList<>();
          while (rows.next()) {
            elements.add(
                new ParquetSchemas.Element(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getInt(4),
                    rows.getString(5),
                    rows.getInt(6),
                    rows.getInt(7),
                    rows.getString(8),
                    rows.getString(9)));
          }
          return elements;
        });
  }

  /** Spark's own entries in the footers; of the schema, that of the first file. */
  private Map<String, String> metadata(FileListing listing) {
    return duckDb.query(
        """
        SELECT decode(key), decode(value) FROM parquet_kv_metadata(%s)
        WHERE starts_with(decode(key), 'org.apache.spark')
        ORDER BY file_name
        """
            .formatted(fileList(listing.files())),
        rows -> {
          Map<String, String> entries = new LinkedHashMap<>();
          while (rows.next()) {
            entries.putIfAbsent(rows.getString(1), rows.getString(2));
          }
          return entries;
        });
  }
}
