package dev.kindling.embedded.read;

import dev.kindling.embedded.Source;
import dev.kindling.embedded.frontend.SqlFrontEnd;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.catalyst.util.DropMalformedMode$;
import org.apache.spark.sql.catalyst.util.FailFastMode$;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** A CSV source's declared schema and options, as Spark understands them. */
final class CsvSettings {
  // Options that pick files, or that a reader of this kind has no use for, are left to Spark.
  private static final Set<String> KNOWN =
      Set.of(
          "header",
          "sep",
          "delimiter",
          "quote",
          "escape",
          "chartoescapequoteescaping",
          "comment",
          "encoding",
          "charset",
          "nullvalue",
          "emptyvalue",
          "nanvalue",
          "positiveinf",
          "negativeinf",
          "dateformat",
          "timestampformat",
          "timestampntzformat",
          "enabledatetimeparsingfallback",
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace",
          "mode",
          "multiline",
          "linesep",
          "maxcolumns",
          "maxcharspercolumn",
          "unescapedquotehandling",
          "enforceschema",
          "locale",
          "timezone",
          "inferschema",
          "preferdate",
          "samplingratio",
          "inputbuffersize",
          "columnpruning",
          "columnnameofcorruptrecord",
          "compression",
          "codec",
          "escapequotes",
          "quoteall",
          "extension");

  /** What becomes of a bad record. */
  enum Mode {
    /** NULL in the place of bad fields, as Spark's PERMISSIVE mode. */
    PERMISSIVE,
    /** The query fails. */
    FAIL,
    /** The record is left out. */
    DROP,
    /** The record is left out and kept aside. */
    QUARANTINE,
    /**
     * Spark's own DROPMALFORMED, FAILFAST or corrupt-record column, in which it depends on the
     * columns that a query selects whether a record is bad.
     */
    BY_QUERY
  }

  private final SqlFrontEnd frontEnd;
  private final Map<String, String> parameters;
  private final StructType schema;
  private final Mode mode;

  private CsvSettings(
      SqlFrontEnd frontEnd, Map<String, String> parameters, StructType schema, Mode mode) {
    this.frontEnd = frontEnd;
    this.parameters = parameters;
    this.schema = schema;
    this.mode = mode;
  }

  /** Why a source is left to Spark. */
  static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported(String why) {
      super(why, null, false, false);
    }
  }

  static CsvSettings of(SqlFrontEnd frontEnd, Source.Csv source) throws Unsupported {
    Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    parameters.putAll(source.options());
    for (String name : parameters.keySet()) {
      if (!KNOWN.contains(name.toLowerCase(Locale.ROOT))) {
        throw new Unsupported("option " + name + " is known to Spark only");
      }
    }
    StructType schema;
    CSVOptions options;
    try {
      schema = frontEnd.within(() -> StructType.fromDDL(source.ddl())).asNullable();
      options = options(frontEnd, parameters);
    } catch (RuntimeException e) {
      throw new Unsupported("Spark has the word on this: " + firstLine(e));
    } catch (Exception e) {
      // Scala throws Spark's ParseException, checked for Java, without declaring it.
      throw new Unsupported("Spark has the word on this: " + firstLine(e));
    }
    check(schema, options);
    Mode mode =
        switch (source.badRecords()) {
          case FAIL -> Mode.FAIL;
          case DROP -> Mode.DROP;
          case QUARANTINE -> Mode.QUARANTINE;
          case PERMISSIVE ->
              options.parseMode() == DropMalformedMode$.MODULE$
                      || options.parseMode() == FailFastMode$.MODULE$
                  ? Mode.BY_QUERY
                  : Mode.PERMISSIVE;
        };
    parameters.remove("mode");
    return new CsvSettings(frontEnd, parameters, schema, mode);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static CSVOptions options(SqlFrontEnd frontEnd, Map<String, String> parameters) {
    scala.collection.immutable.Map<String, String> map =
        scala.collection.immutable.Map.from(
            scala.jdk.javaapi.CollectionConverters.asScala(parameters));
    return frontEnd.within(
        () ->
            new CSVOptions(
                map,
                frontEnd.conf().csvColumnPruning(),
                frontEnd.conf().sessionLocalTimeZone(),
                frontEnd.conf().columnNameOfCorruptRecord()));
  }

  private static void check(StructType schema, CSVOptions options) throws Unsupported {
    if (schema.length() == 0) {
      throw new Unsupported("its schema has no columns");
    }
    Set<String> names = new HashSet<>();
    for (StructField field : schema.fields()) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new Unsupported("two columns are called " + field.name() + ", but for upper case");
      }
      if (!isSupported(field.dataType())) {
        throw new Unsupported("column %s is %s".formatted(field.name(), field.dataType().sql()));
      }
      String metadata = field.metadata().json();
      if (!metadata.equals("{}") && !metadata.matches("\\{\"comment\":\"[^\"]*\"\\}")) {
        throw new Unsupported("column " + field.name() + " has a default value");
      }
      if (field.name().equals(options.columnNameOfCorruptRecord())) {
        throw new Unsupported(
            "which records column %s shows depends on the columns that a query selects"
                .formatted(field.name()));
      }
    }
    if (options.headerFlag() && !options.enforceSchema()) {
      throw new Unsupported("enforceSchema = false checks the header against the query's columns");
    }
  }

  private static boolean isSupported(DataType type) {
    return type instanceof BooleanType
        || type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType
        || type instanceof FloatType
        || type instanceof DoubleType
        || type instanceof DecimalType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || isString(type);
  }

  static boolean isString(DataType type) {
    return type instanceof StringType
        && dev.kindling.embedded.types.DuckTypes.of(type).filter("VARCHAR"::equals).isPresent();
  }

  StructType schema() {
    return schema;
  }

  Mode mode() {
    return mode;
  }

  /** Spark's reading of the options under the session's settings of this moment. */
  CSVOptions options() {
    return options(frontEnd, parameters);
  }

  /** Runs something under the session's settings, which Spark's parsers look up. */
  <T> T within(java.util.function.Supplier<T> action) {
    return frontEnd.within(action);
  }

  /** Spark's converter of one field's text. Throws for a text that does not fit. Not shared. */
  scala.Function1<String, Object> converter(StructField field) {
    return converters(List.of(field)).get(0);
  }

  /** Spark's converters of all fields. Not to be shared between threads. */
  List<scala.Function1<String, Object>> converters() {
    return converters(List.of(schema.fields()));
  }

  private List<scala.Function1<String, Object>> converters(List<StructField> fields) {
    return within(
        () -> {
          // A parser looks for each of its columns in its schema, so it gets as few as it can.
          StructType one = new StructType().add(fields.get(0));
          UnivocityParser parser = new UnivocityParser(one, one, options());
          return fields.stream()
              .map(field -> parser.makeConverter(field.name(), field.dataType(), true))
              .toList();
        });
  }

  /**
   * What a converter of this type depends on: equal keys give equal converters, also after the
   * session's settings changed.
   */
  String converterKey(DataType type) {
    return type.json() + parameters + sessionKey();
  }

  /** The session's settings of this moment that change what files mean. */
  String sessionKey() {
    return frontEnd.conf().sessionLocalTimeZone()
        + frontEnd.conf().legacyTimeParserPolicy()
        + frontEnd.conf().csvEnableDateTimeParsingFallback()
        + frontEnd.conf().csvColumnPruning()
        + frontEnd.conf().columnNameOfCorruptRecord();
  }

  /**
   * The layout of the files, when it is simple enough that two parsers cannot disagree on a regular
   * file; else what keeps it from being so.
   */
  Layout layout() throws Unsupported {
    CSVOptions options = options();
    if (!Charset.forName(options.charset()).equals(StandardCharsets.UTF_8)) {
      throw new Unsupported("encoding " + options.charset());
    }
    String delimiter = options.delimiter();
    if (delimiter.length() != 1 || !isPlain(delimiter.charAt(0))) {
      throw new Unsupported("sep '" + delimiter + "'");
    }
    char quote = options.quote();
    if (quote != 0 && (!isPlain(quote) || quote == delimiter.charAt(0))) {
      throw new Unsupported("quote '" + quote + "'");
    }
    char escape = options.escape();
    if (escape > 0x7e || escape == delimiter.charAt(0)) {
      throw new Unsupported("escape '" + escape + "'");
    }
    char comment = options.isCommentSet() ? options.comment() : 0;
    if (comment > 0x7e) {
      throw new Unsupported("comment '" + comment + "'");
    }
    if (options.ignoreLeadingWhiteSpaceInRead() || options.ignoreTrailingWhiteSpaceInRead()) {
      throw new Unsupported("white space is cut");
    }
    if (options.multiLine() || options.lineSeparator().isDefined()) {
      throw new Unsupported("multiLine or lineSep");
    }
    if (options.maxCharsPerColumn() != -1 || options.maxColumns() < schema.length()) {
      throw new Unsupported("maxCharsPerColumn or maxColumns");
    }
    String nullValue = options.nullValue();
    if (!nullValue.chars().allMatch(c -> isPlain((char) c))
        || nullValue.indexOf(quote) >= 0
        || nullValue.contains(delimiter)) {
      throw new Unsupported("nullValue '" + nullValue + "'");
    }
    boolean emptyIsNull = nullValue.isEmpty() && options.emptyValueInRead().isEmpty();
    return new Layout(
        (byte) delimiter.charAt(0),
        (byte) quote,
        (byte) escape,
        (byte) comment,
        options.headerFlag(),
        nullValue,
        emptyIsNull);
  }

  private static boolean isPlain(char c) {
    return c == '\t' || (c >= 0x20 && c < 0x7f) || c == 1;
  }

  /**
   * A simple layout.
   *
   * @param quote 0 for none
   * @param comment 0 for none
   * @param nullValue the text that stands for NULL beside the empty one
   * @param emptyIsNull whether an empty text in quotes is NULL too
   */
  record Layout(
      byte delimiter,
      byte quote,
      byte escape,
      byte comment,
      boolean header,
      String nullValue,
      boolean emptyIsNull) {}

  /** The texts of each column on which both engines agree. */
  List<FieldShape> shapes() {
    CSVOptions options = options();
    boolean plainLocale = options.locale().equals(Locale.US);
    boolean plainNumbers =
        options.nanValue().equals("NaN")
            && options.positiveInf().equals("Inf")
            && options.negativeInf().equals("-Inf");
    boolean corrected = frontEnd.conf().legacyTimeParserPolicy().toString().equals("CORRECTED");
    boolean plainDates =
        corrected && Optional.of("yyyy-MM-dd").equals(asJava(options.dateFormatInRead()));
    boolean plainTimestamps = corrected && options.timestampFormatInRead().isEmpty();
    boolean plainNtz = corrected && options.timestampNTZFormatInRead().isEmpty();
    return java.util.Arrays.stream(schema.fields())
        .map(StructField::dataType)
        .map(
            type -> {
              if (isString(type)) {
                return FieldShape.text();
              } else if (type instanceof ByteType) {
                return FieldShape.integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
              } else if (type instanceof ShortType) {
                return FieldShape.integer(Short.MIN_VALUE, Short.MAX_VALUE);
              } else if (type instanceof IntegerType) {
                return FieldShape.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
              } else if (type instanceof LongType) {
                return FieldShape.integer(Long.MIN_VALUE, Long.MAX_VALUE);
              } else if (type instanceof DecimalType decimal && plainLocale) {
                return FieldShape.decimal(decimal.precision() - decimal.scale(), decimal.scale());
              } else if ((type instanceof DoubleType || type instanceof FloatType)
                  && plainNumbers) {
                return FieldShape.floating();
              } else if (type instanceof BooleanType) {
                return FieldShape.bool();
              } else if (type instanceof DateType && plainDates) {
                return FieldShape.date();
              } else if ((type instanceof TimestampType && plainTimestamps)
                  || (type instanceof TimestampNTZType && plainNtz)) {
                return FieldShape.timestamp();
              }
              return FieldShape.converted();
            })
        .toList();
  }

  private static <T> Optional<T> asJava(scala.Option<T> option) {
    return scala.jdk.javaapi.OptionConverters.toJava(option);
  }
}
