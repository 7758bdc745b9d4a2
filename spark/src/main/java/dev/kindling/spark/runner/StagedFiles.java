package dev.kindling.spark.runner;

import dev.kindling.spark.protocol.Output;
import dev.kindling.spark.protocol.StagedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Writes rows as files into a staging folder. */
final class StagedFiles {
  private static final String TIMESTAMP_TYPE = "spark.sql.parquet.outputTimestampType";

  // Where Hadoop's committer has the tasks write.
  private static final String TEMPORARY = "_temporary";

  private StagedFiles() {}

  /**
   * Writes them and lists the files.
   *
   * @param awaitTasks returns when no task of the writing runs any more: the slower of two tries of
   *     one task may outlive the job
   */
  static Answer write(
      SparkSession session, Dataset<Row> rows, Output.Staged staged, Runnable awaitTasks)
      throws IOException {
    DataFrameWriter<Row> writer =
        rows.write()
            .format(staged.format())
            .options(staged.options())
            // The folder may be there already, made by whoever stages.
            .mode(SaveMode.Append);
    if (!staged.partitionBy().isEmpty()) {
      writer = writer.partitionBy(staged.partitionBy().toArray(String[]::new));
    }
    boolean parquet = staged.format().toLowerCase(Locale.ROOT).equals("parquet");
    // Spark's own default, INT96, is a form that other readers leave behind. It is a setting of the
    // session only, so it is set for the time of the writing, unless the user chose it.
    boolean set = parquet && !session.conf().getAll().contains(TIMESTAMP_TYPE);
    if (set) {
      session.conf().set(TIMESTAMP_TYPE, "TIMESTAMP_MICROS");
    }
    try {
      writer.save(staged.folder().toAbsolutePath().toString());
    } finally {
      if (set) {
        session.conf().unset(TIMESTAMP_TYPE);
      }
    }
    awaitTasks.run();
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(staged.folder().toUri());
    FileSystem files = folder.getFileSystem(session.sparkContext().hadoopConfiguration());
    files.delete(new org.apache.hadoop.fs.Path(folder, TEMPORARY), true);
    List<StagedFile> found = new ArrayList<>();
    // A format without files, such as jdbc, makes none.
    if (files.exists(folder)) {
      list(files, folder, "", found);
    }
    // Spark numbers its files in the order of the rows.
    found.sort(Comparator.comparing(StagedFile::path));
    StructType schema = rows.schema();
    return Answer.staged(schema, found, parquet ? sparkOnly(schema) : List.of());
  }

  private static void list(
      FileSystem files, org.apache.hadoop.fs.Path folder, String prefix, List<StagedFile> found)
      throws IOException {
    for (FileStatus entry : files.listStatus(folder)) {
      String path = prefix + entry.getPath().getName();
      if (entry.isDirectory()) {
        list(files, entry.getPath(), path + "/", found);
      } else {
        found.add(new StagedFile(path, entry.getLen()));
      }
    }
  }

  private static List<String> sparkOnly(StructType schema) {
    List<String> found = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (isSparkOnly(field.dataType())) {
        found.add(field.name() + ": " + field.dataType().simpleString());
      }
    }
    return found;
  }

  private static boolean isSparkOnly(DataType type) {
    if (type instanceof ArrayType array) {
      return isSparkOnly(array.elementType());
    } else if (type instanceof MapType map) {
      return isSparkOnly(map.keyType()) || isSparkOnly(map.valueType());
    } else if (type instanceof StructType struct) {
      return Stream.of(struct.fields()).anyMatch(field -> isSparkOnly(field.dataType()));
    }
    // Spark 3.5 has no such class.
    return type.typeName().equals("variant")
        || type instanceof DayTimeIntervalType
        || type instanceof YearMonthIntervalType;
  }
}
