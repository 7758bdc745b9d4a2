package dev.kindling.model.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The formats of this version and the names of Spark's options for them, against which typing
 * mistakes are found. Spark itself passes over an option that it does not know.
 */
final class KnownFormats {
  static final List<String> FORMATS = List.of("csv", "json", "orc", "parquet", "text");

  /** Formats that users of Spark know and this version does not read or write. */
  static final List<String> LATER =
      List.of("avro", "binaryfile", "delta", "hudi", "iceberg", "jdbc", "kafka", "xml");

  private static final List<String> READ_ALL =
      List.of(
          "basePath",
          "ignoreCorruptFiles",
          "ignoreMissingFiles",
          "modifiedAfter",
          "modifiedBefore",
          "pathGlobFilter",
          "recursiveFileLookup");

  private static final List<String> WRITE_ALL =
      List.of("compression", "maxRecordsPerFile", "partitionOverwriteMode");

  private static final Map<String, List<String>> READ =
      Map.of(
          "csv",
          List.of(
              "charToEscapeQuoteEscaping",
              "charset",
              "columnNameOfCorruptRecord",
              "columnPruning",
              "comment",
              "dateFormat",
              "delimiter",
              "emptyValue",
              "enableDateTimeParsingFallback",
              "encoding",
              "enforceSchema",
              "escape",
              "extension",
              "header",
              "ignoreLeadingWhiteSpace",
              "ignoreTrailingWhiteSpace",
              "inferSchema",
              "inputBufferSize",
              "lineSep",
              "locale",
              "maxCharsPerColumn",
              "maxColumns",
              "multiLine",
              "nanValue",
              "negativeInf",
              "nullValue",
              "positiveInf",
              "preferDate",
              "quote",
              "samplingRatio",
              "sep",
              "singleVariantColumn",
              "timeZone",
              "timestampFormat",
              "timestampNTZFormat",
              "unescapedQuoteHandling"),
          "json",
          List.of(
              "allowBackslashEscapingAnyCharacter",
              "allowComments",
              "allowNonNumericNumbers",
              "allowNumericLeadingZeros",
              "allowSingleQuotes",
              "allowUnquotedControlChars",
              "allowUnquotedFieldNames",
              "charset",
              "columnNameOfCorruptRecord",
              "dateFormat",
              "dropFieldIfAllNull",
              "enableDateTimeParsingFallback",
              "encoding",
              "inferTimestamp",
              "lineSep",
              "locale",
              "multiLine",
              "prefersDecimal",
              "primitivesAsString",
              "samplingRatio",
              "singleVariantColumn",
              "timeZone",
              "timestampFormat",
              "timestampNTZFormat",
              "useUnsafeRow"),
          "orc",
          List.of("mergeSchema"),
          "parquet",
          List.of("datetimeRebaseMode", "int96RebaseMode", "mergeSchema"),
          "text",
          List.of("encoding", "lineSep", "wholetext"));

  private static final Map<String, List<String>> WRITE =
      Map.of(
          "csv",
          List.of(
              "charToEscapeQuoteEscaping",
              "charset",
              "dateFormat",
              "delimiter",
              "emptyValue",
              "encoding",
              "escape",
              "escapeQuotes",
              "extension",
              "header",
              "ignoreLeadingWhiteSpace",
              "ignoreTrailingWhiteSpace",
              "lineSep",
              "locale",
              "nullValue",
              "quote",
              "quoteAll",
              "sep",
              "timeZone",
              "timestampFormat",
              "timestampNTZFormat"),
          "json",
          List.of(
              "dateFormat",
              "encoding",
              "ignoreNullFields",
              "lineSep",
              "locale",
              "pretty",
              "timeZone",
              "timestampFormat",
              "timestampNTZFormat",
              "writeNonAsciiCharacterAsCodePoint",
              "writeNullIfWithDefaultValue"),
          "orc",
          List.of(),
          "parquet",
          List.of(),
          "text",
          List.of("encoding", "lineSep"));

  private KnownFormats() {}

  /** Whether a format has records that may not fit a schema. */
  static boolean hasBadRecords(String format) {
    return format.equals("csv") || format.equals("json");
  }

  /** The names of Spark's reader options; empty for a format that is not known. */
  static List<String> readerOptions(String format) {
    return options(READ, READ_ALL, format);
  }

  /** The names of Spark's writer options; empty for a format that is not known. */
  static List<String> writerOptions(String format) {
    return options(WRITE, WRITE_ALL, format);
  }

  /** Whether a list has a name, upper and lower case taken as equal, as Spark does. */
  static boolean has(List<String> names, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String known : names) {
      if (known.toLowerCase(Locale.ROOT).equals(lower)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> options(
      Map<String, List<String>> byFormat, List<String> all, String format) {
    List<String> own = byFormat.get(format);
    if (own == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>(own);
    names.addAll(all);
    return names;
  }
}
