package dev.kindling.embedded.run;

import dev.kindling.embedded.WriteResult;
import dev.kindling.embedded.sql.Sql;
import dev.kindling.embedded.sql.SqlPrinter;
import dev.kindling.embedded.types.DuckTypes;
import dev.kindling.model.error.ErrorCode;
import dev.kindling.model.error.KindlingException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes the rows of a query as Parquet files that Spark reads back with the very same schema. */
public final class ParquetWriter {
  private static final Set<String> CODECS =
      Set.of("snappy", "zstd", "gzip", "uncompressed", "lz4_raw");

  // Files of this size are good both for one machine and for a cluster's tasks.
  private static final long FILE_BYTES = 256L << 20;

  private final DuckDb duckDb;

  public ParquetWriter(DuckDb duckDb) {
    this.duckDb = duckDb;
  }

  /**
   * Writes files into a folder, which is made and must not exist or be empty.
   *
   * @param sql the query for DuckDB, its columns called as the schema says
   * @param partitionBy columns that become folders, in this order
   * @param options Spark's writer options; only {@code compression} means something here
   */
  public WriteResult write(
      String sql,
      StructType schema,
      Path folder,
      List<String> partitionBy,
      Map<String, String> options) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot create the folder " + folder + ": " + e.getMessage(), e);
    }
    duckDb.execute(copy(sql, schema, folder, partitionBy, codec(options)));
    if (!partitionBy.isEmpty()) {
      spellAsSpark(folder);
    }
    return measure(folder, schema, partitionBy);
  }

  private static String codec(Map<String, String> options) {
    String codec = "snappy";
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (option.getKey().equalsIgnoreCase("compression")) {
        codec = option.getValue().toLowerCase(Locale.ROOT);
      }
    }
    codec = codec.equals("none") ? "uncompressed" : codec;
    if (!CODECS.contains(codec)) {
      throw new KindlingException(
          ErrorCode.USAGE,
          "Unknown Parquet compression '%s' (accepted: none, snappy, gzip, zstd, lz4_raw)."
              .formatted(codec));
    }
    return codec;
  }

  private static String copy(
      String sql, StructType schema, Path folder, List<String> partitionBy, String codec) {
    List<String> options = new ArrayList<>();
    options.add("FORMAT parquet");
    options.add("COMPRESSION " + codec);
    options.add("FILENAME_PATTERN 'part-{i}-{uuid}'");
    StructType stored = without(schema, partitionBy);
    options.add(
        "KV_METADATA {'org.apache.spark.version': '4.0.1',"
            + " 'org.apache.spark.sql.parquet.row.metadata': "
            + SqlPrinter.print(Sql.string(stored.json()))
            + "}");
    if (partitionBy.isEmpty()) {
      options.add("FILE_SIZE_BYTES " + FILE_BYTES);
    } else {
      options.add(
          "PARTITION_BY ("
              + String.join(", ", partitionBy.stream().map(SqlPrinter::name).toList())
              + ")");
      // The target is a staging folder of our own, made for this.
      options.add("OVERWRITE_OR_IGNORE true");
    }
    return "COPY (%s) TO %s (%s)"
        .formatted(
            partitionBy.isEmpty() ? sql : withPartitionText(sql, schema, partitionBy),
            SqlPrinter.print(Sql.string(folder.toString())),
            String.join(", ", options));
  }

  private static StructType without(StructType schema, List<String> columns) {
    StructType rest = new StructType();
    for (StructField field : schema.fields()) {
      if (columns.stream().noneMatch(field.name()::equalsIgnoreCase)) {
        rest = rest.add(field);
      }
    }
    return rest;
  }

  // Spark writes an empty string as it writes NULL: as the default partition.
  private static String withPartitionText(String sql, StructType schema, List<String> partitionBy) {
    List<String> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      String name = SqlPrinter.name(field.name());
      boolean text =
          field.dataType() instanceof StringType
              && partitionBy.stream().anyMatch(field.name()::equalsIgnoreCase);
      columns.add(text ? "nullif(" + name + ", '') AS " + name : name);
    }
    return "SELECT " + String.join(", ", columns) + " FROM (" + sql + ")";
  }

  /** DuckDB escapes more characters in folder names than Spark undoes. */
  private static void spellAsSpark(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> folders =
          walk.filter(path -> Files.isDirectory(path) && !path.equals(folder))
              .sorted((a, b) -> b.getNameCount() - a.getNameCount())
              .toList();
      for (Path path : folders) {
        String name = path.getFileName().toString();
        int equals = name.indexOf('=');
        String spelled =
            respell(name.substring(0, equals)) + "=" + respell(name.substring(equals + 1));
        if (!spelled.equals(name)) {
          Files.move(path, path.resolveSibling(spelled));
        }
      }
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS,
          "Cannot name the partition folders of " + folder + ": " + e.getMessage(),
          e);
    }
  }

  private static String respell(String escaped) {
    // URLDecoder takes + for a space, DuckDB writes spaces as %20.
    String plain = URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
    return ExternalCatalogUtils.escapePathName(plain);
  }

  private WriteResult measure(Path folder, StructType schema, List<String> partitionBy) {
    List<Path> files;
    long bytes = 0;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        bytes += Files.size(file);
      }
      if (files.isEmpty()) {
        // Without a row there is no partition, and still a schema to keep.
        String columns =
            String.join(
                ", ",
                Stream.of(without(schema, partitionBy).fields())
                    .map(
                        field ->
                            "NULL::%s AS %s"
                                .formatted(
                                    DuckTypes.of(field.dataType()).orElseThrow(),
                                    SqlPrinter.name(field.name())))
                    .toList());
        duckDb.execute(
            copy(
                "SELECT " + columns + " LIMIT 0",
                without(schema, partitionBy),
                folder,
                List.of(),
                "snappy"));
        return new WriteResult(0, 1, 0);
      }
    } catch (IOException e) {
      throw new KindlingException(
          ErrorCode.FILE_ACCESS, "Cannot read back " + folder + ": " + e.getMessage(), e);
    }
    long rows =
        duckDb.query(
            "SELECT coalesce(sum(num_rows), 0)::BIGINT FROM parquet_file_metadata(["
                + String.join(
                    ", ",
                    files.stream().map(f -> SqlPrinter.print(Sql.string(f.toString()))).toList())
                + "])",
            result -> {
              result.next();
              return result.getLong(1);
            });
    return new WriteResult(rows, files.size(), bytes);
  }
}
