package dev.kindling.testkit.fuzz;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What sort of value an expression has, as far as the generator has to know: all decimals are one
 * kind, and the tame kinds hold values with which arithmetic does not overflow.
 */
enum Kind {
  BOOL("BOOLEAN", "true", List.of(true, false)),
  BYTE("TINYINT", "1Y", List.of((byte) 0, (byte) 1, (byte) -1, Byte.MAX_VALUE, Byte.MIN_VALUE)),
  SHORT(
      "SMALLINT",
      "1S",
      List.of((short) 0, (short) 1, (short) -1, Short.MAX_VALUE, Short.MIN_VALUE, (short) 128)),
  INT(
      "INT",
      "1",
      List.of(0, 1, -1, 2, 7, Integer.MAX_VALUE, Integer.MIN_VALUE, 32768, 1000000, -719163)),
  LONG(
      "BIGINT",
      "1L",
      List.of(
          0L,
          1L,
          -1L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          1L << 53,
          (1L << 53) + 1,
          2147483648L,
          253402300799L,
          -62135596800L)),
  FLOAT(
      "FLOAT",
      "1.0F",
      List.of(
          0.0f,
          -0.0f,
          Float.NaN,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.MAX_VALUE,
          Float.MIN_VALUE,
          0.1f,
          -1.5f,
          16777217f)),
  DOUBLE(
      "DOUBLE",
      "1.0D",
      List.of(
          0.0,
          -0.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MAX_VALUE,
          Double.MIN_VALUE,
          0.1,
          1.005,
          -2.5,
          2.5,
          0.5,
          1e7,
          1e-3,
          9.223372036854776E18,
          123456789.987654321)),
  DECIMAL(
      "DECIMAL(38,10)",
      "1.0BD",
      List.of(
          new BigDecimal("0E-10"),
          new BigDecimal("0.0000000001"),
          new BigDecimal("-0.0000000001"),
          new BigDecimal("9999999999999999999999999999.9999999999"),
          new BigDecimal("-9999999999999999999999999999.9999999999"),
          new BigDecimal("2.5000000000"),
          new BigDecimal("-2.5000000000"),
          new BigDecimal("0.0000000005"),
          new BigDecimal("1234567890123456789.0123456789"))),
  STRING(
      "STRING",
      "'a'",
      List.of(
          "",
          " ",
          "a",
          "A",
          "ß",
          "Straße",
          "ﬁ",
          "İstanbul",
          "é",
          "e\u0301",
          "😀",
          "a😀b",
          "👩‍👩‍👧",
          "日本語",
          "trailing  ",
          "  both ",
          "\u00a0no-break\u3000",
          "\u2003\u200b\ufeff",
          "a%b_c",
          "a\\b",
          "tab\there",
          "new\nline",
          "quote'd",
          "123",
          "-17",
          " 42 ",
          "3.75",
          "1e3",
          "1.5f",
          "NaN",
          "-Infinity",
          "0x1F",
          "true",
          "no",
          "null",
          "2024-02-29",
          "2024-02-30",
          "2024-2-3",
          "1582-10-10",
          "2024-03-10 02:30:00",
          "2024-11-03T01:30:00.123456Z",
          "12:34:56",
          "99999999999999999999",
          "a,b,,c",
          "{\"a\":1,\"b\":[2,null]}",
          "http://u@h.com:80/p?q=1#f",
          "Zz top ZZ",
          "\u0130i\u0131I",
          "ǅ")),
  BINARY(
      "BINARY",
      "X'61'",
      List.of(
          new byte[0], new byte[] {0}, new byte[] {(byte) 0xff, 0, 0x41}, new byte[] {0x61, 0x62})),
  DATE(
      "DATE",
      "DATE'2024-02-29'",
      List.of(
          LocalDate.of(1, 1, 1),
          LocalDate.of(1582, 10, 4),
          LocalDate.of(1582, 10, 15),
          LocalDate.of(1900, 2, 28),
          LocalDate.of(1969, 12, 31),
          LocalDate.of(1970, 1, 1),
          LocalDate.of(2000, 2, 29),
          LocalDate.of(2024, 1, 31),
          LocalDate.of(2024, 3, 10),
          LocalDate.of(2024, 12, 30),
          LocalDate.of(2021, 1, 3),
          LocalDate.of(9999, 12, 31))),
  TIMESTAMP(
      "TIMESTAMP",
      "TIMESTAMP'2024-02-29 12:34:56.789'",
      List.of(
          Instant.parse("0001-01-02T00:00:00Z"),
          Instant.parse("1582-10-10T01:02:03Z"),
          Instant.parse("1883-11-18T20:00:00Z"),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.EPOCH,
          Instant.parse("2024-02-29T23:59:59.999999Z"),
          Instant.parse("2024-03-10T09:59:59.999999Z"),
          Instant.parse("2024-03-10T10:00:00Z"),
          Instant.parse("2024-03-31T01:00:00Z"),
          Instant.parse("2024-11-03T08:30:00Z"),
          Instant.parse("2024-11-03T09:30:00Z"),
          Instant.parse("2024-10-27T00:30:00.000001Z"),
          Instant.parse("9999-12-30T23:59:59.999999Z"))),
  NTZ(
      "TIMESTAMP_NTZ",
      "TIMESTAMP_NTZ'2024-02-29 12:34:56.789'",
      List.of(
          LocalDateTime.of(1, 1, 1, 0, 0),
          LocalDateTime.of(1582, 10, 10, 1, 2, 3),
          LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
          LocalDateTime.of(1970, 1, 1, 0, 0),
          LocalDateTime.of(2024, 3, 10, 2, 30),
          LocalDateTime.of(2024, 11, 3, 1, 30, 0, 1000),
          LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_000),
          LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000))),
  /** Whole numbers from -100 to 100. */
  SMALL("INT", "3", List.of(0, 1, -1, 2, 3, 5, 10, -7, 100, -100)),
  /** Doubles that are sums of a few powers of two, from 0.125 to 1000. */
  TAME("DOUBLE", "0.5D", List.of(0.125, 0.5, 1.0, 1.5, 2.0, 2.5, 10.0, 99.75, 1000.0)),
  /** Decimals of 7 digits, 2 of them behind the point. */
  MONEY(
      "DECIMAL(7,2)",
      "1.25BD",
      List.of(
          new BigDecimal("0.00"),
          new BigDecimal("0.01"),
          new BigDecimal("-0.05"),
          new BigDecimal("1.25"),
          new BigDecimal("10.00"),
          new BigDecimal("99999.99"),
          new BigDecimal("-99999.99"))),
  INTS("ARRAY<INT>", "array(1, 2)", List.of()),
  STRINGS("ARRAY<STRING>", "array('a', 'b')", List.of()),
  DOUBLES("ARRAY<DOUBLE>", "array(1.0D, 2.5D)", List.of()),
  MATRIX("ARRAY<ARRAY<INT>>", "array(array(1), array(2, 3))", List.of()),
  MAP("MAP<STRING,INT>", "map('a', 1)", List.of()),
  STRUCT("STRUCT<a:INT,b:STRING>", "named_struct('a', 1, 'b', 'x')", List.of()),
  DAYTIME("INTERVAL DAY TO SECOND", "INTERVAL '1 02:03:04.5' DAY TO SECOND", List.of()),
  YEARMONTH("INTERVAL YEAR TO MONTH", "INTERVAL '1-2' YEAR TO MONTH", List.of());

  static final List<Kind> INTEGRAL = List.of(BYTE, SHORT, INT, LONG, SMALL);
  static final List<Kind> NUMERIC =
      List.of(BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, DECIMAL, SMALL, TAME, MONEY);
  static final List<Kind> ATOMIC =
      List.of(
          BOOL, BYTE, SHORT, INT, LONG, FLOAT, DOUBLE, DECIMAL, STRING, BINARY, DATE, TIMESTAMP,
          NTZ);
  static final List<Kind> NESTED = List.of(INTS, STRINGS, DOUBLES, MATRIX, MAP, STRUCT);

  private final String sqlType;
  private final String plainLiteral;
  private final List<?> nasty;

  Kind(String sqlType, String plainLiteral, List<?> nasty) {
    this.sqlType = sqlType;
    this.plainLiteral = plainLiteral;
    this.nasty = nasty;
  }

  /** The type in Spark's SQL; for decimals the widest one that data has. */
  String sqlType() {
    return sqlType;
  }

  /** A literal that says the least, for shrunk queries. */
  String plainLiteral() {
    return plainLiteral;
  }

  boolean isNested() {
    return NESTED.contains(this);
  }

  boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == TAME;
  }

  /** Whether a value of this kind may stand where {@code wanted} is asked for. */
  boolean serves(Kind wanted) {
    return this == wanted
        || (this == SMALL && wanted == INT)
        || (this == TAME && wanted == DOUBLE)
        || (this == MONEY && wanted == DECIMAL);
  }

  /** A value: null one time in eight, else often one of those that hurt. */
  Object value(RandomGenerator random) {
    return random.nextInt(8) == 0 ? null : present(random);
  }

  private Object present(RandomGenerator random) {
    if (!nasty.isEmpty() && random.nextInt(5) < 3) {
      return nasty.get(random.nextInt(nasty.size()));
    }
    return switch (this) {
      case BOOL -> random.nextBoolean();
      case BYTE -> (byte) random.nextInt();
      case SHORT -> (short) random.nextInt();
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-6, 9)));
      case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(-8, 18));
      case DECIMAL -> BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), 10);
      case STRING -> text(random);
      case BINARY -> {
        byte[] bytes = new byte[random.nextInt(6)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) random.nextInt();
        }
        yield bytes;
      }
      case DATE -> LocalDate.ofEpochDay(random.nextInt(-30_000, 40_000));
      case TIMESTAMP ->
          Instant.ofEpochSecond(
              random.nextLong(-2_500_000_000L, 4_000_000_000L), random.nextInt(1_000_000) * 1000L);
      case NTZ ->
          LocalDateTime.of(2024, 1, 1, 0, 0)
              .plusSeconds(random.nextLong(-3_000_000_000L, 2_000_000_000L))
              .plusNanos(random.nextInt(1_000_000) * 1000L);
      case SMALL -> random.nextInt(-100, 101);
      case TAME -> random.nextInt(1, 8000) / 8.0;
      case MONEY -> BigDecimal.valueOf(random.nextLong(-9_999_999, 10_000_000), 2);
      case INTS -> list(random, 5, () -> INT.value(random));
      case STRINGS -> list(random, 4, () -> STRING.value(random));
      case DOUBLES -> list(random, 4, () -> DOUBLE.value(random));
      case MATRIX -> list(random, 3, () -> INTS.value(random));
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(STRING.present(random), INT.value(random));
        }
        yield map;
      }
      case STRUCT -> new Fields(INT.value(random), STRING.value(random));
      case DAYTIME, YEARMONTH -> throw new IllegalStateException(this + " is not stored");
    };
  }

  /** A value of the struct kind. */
  record Fields(Object a, Object b) {}

  private static List<Object> list(
      RandomGenerator random, int limit, java.util.function.Supplier<Object> element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(limit); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    String letters = "abcABCxyzßé\u00a0\u3000 0123456789,.-_%\\😀'";
    int[] points = letters.codePoints().toArray();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  /** A literal in Spark's SQL, NULL now and then. */
  String literal(RandomGenerator random) {
    if (this == DAYTIME || this == YEARMONTH || isNested()) {
      return random.nextInt(6) == 0 ? nullLiteral() : plainLiteral;
    }
    Object value = random.nextInt(12) == 0 ? null : present(random);
    return value == null ? nullLiteral() : WRITERS.apply(value);
  }

  String nullLiteral() {
    return "CAST(NULL AS " + sqlType + ")";
  }

  private static final Function<Object, String> WRITERS = Kind::write;

  private static String write(Object value) {
    if (value instanceof Byte b) {
      return b < 0 ? "(" + b + "Y)" : b + "Y";
    } else if (value instanceof Short s) {
      return s < 0 ? "(" + s + "S)" : s + "S";
    } else if (value instanceof Integer i) {
      return i < 0 ? "(" + i + ")" : i.toString();
    } else if (value instanceof Long l) {
      return l < 0 ? "(" + l + "L)" : l + "L";
    } else if (value instanceof Float f) {
      return "CAST('" + f + "' AS FLOAT)";
    } else if (value instanceof Double d) {
      return Double.isFinite(d) && d > 0 ? d + "D" : "CAST('" + d + "' AS DOUBLE)";
    } else if (value instanceof BigDecimal d) {
      return d.signum() < 0 ? "(" + d.toPlainString() + "BD)" : d.toPlainString() + "BD";
    } else if (value instanceof String s) {
      return quote(s);
    } else if (value instanceof byte[] bytes) {
      return "X'" + java.util.HexFormat.of().withUpperCase().formatHex(bytes) + "'";
    } else if (value instanceof LocalDate date) {
      return "DATE'" + date + "'";
    } else if (value instanceof Instant instant) {
      return "TIMESTAMP'" + instant + "'";
    } else if (value instanceof LocalDateTime local) {
      return "TIMESTAMP_NTZ'" + local.toString().replace('T', ' ') + "'";
    }
    return value.toString();
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\'' -> quoted.append("\\'");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('\'').toString();
  }
}
