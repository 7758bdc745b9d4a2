package dev.kindling.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Small tables full of the values that hurt, as Parquet. */
final class EdgeData {
  private static final List<String> TABLES =
      List.of("numbers", "strings", "times", "nested", "sales", "nothing", "ints", "deep");

  private EdgeData() {}

  static void register(TwoEngines engines, Path folder) {
    TABLES.forEach(table -> engines.parquet(table, folder.resolve(table)));
  }

  /** Writes the tables, unless they are there. */
  static void write(Path folder) {
    if (Files.exists(folder.resolve("ints"))) {
      return;
    }
    SparkSession spark = LocalSpark.session().newSession();
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    write(
        spark,
        folder.resolve("numbers"),
        """
        SELECT id, CAST(b AS TINYINT) b, CAST(s AS SMALLINT) s, CAST(i AS INT) i, CAST(l AS BIGINT) l,
          CAST(f AS FLOAT) f, CAST(d AS DOUBLE) d, CAST(dec AS DECIMAL(10,2)) dec,
          CAST(big AS DECIMAL(38,10)) big, CAST(n AS DECIMAL(18,4)) n, CAST(bool AS BOOLEAN) bool
        FROM VALUES
          (1, 1, 10, 100, 1000, '1.5', '2.5', 12.34, '1234567890.0123456789', 1.5, true),
          (2, -1, -10, -100, -1000, '-1.5', '-2.5', -12.34, '-0.0000000001', -0.0001, false),
          (3, 0, 0, 0, 0, '0.0', '0.0', 0.00, '0', 0, null),
          (4, 127, 32767, 2147483647, 9223372036854775807, 'Infinity', 'Infinity', 99999999.99, '9999999999999999999999999999.9999999999', 99999999999999.9999, true),
          (5, -128, -32768, -2147483648, -9223372036854775808, '-Infinity', '-Infinity', -99999999.99, '-9999999999999999999999999999.9999999999', -99999999999999.9999, false),
          (6, null, null, null, null, null, null, null, null, null, null),
          (7, 7, 77, 777, 7777, 'NaN', 'NaN', 0.01, '0.5', 0.00005, true),
          (8, 8, 88, 888, 8888, '-0.0', '-0.0', 0.05, '2.5', 2.5, false),
          (9, 9, 99, 1999, 19999, '1.0E10', '1.0E-5', 100.00, '3.3333333333', 3.3333, true),
          (10, 10, 100, 3000, 30000, '3.4028235E38', '1.7976931348623157E308', 33.33, '-2.5', -2.5, null),
          (11, 10, 100, 3000, 30000, '0.1', '0.1', 1.25, '0.05', 0.05, true),
          (12, 2, 3, 5, 7, '123456.789', '1234567.891', 7.00, '7', 7, false)
        AS t(id, b, s, i, l, f, d, dec, big, n, bool)
        """);
    write(
        spark,
        folder.resolve("ints"),
        """
        SELECT id, CAST(a AS INT) a, CAST(b AS INT) b, CAST(c AS BIGINT) c, CAST(x AS DOUBLE) x,
          CAST(y AS DOUBLE) y, CAST(p AS DECIMAL(12,2)) p, CAST(q AS DECIMAL(8,3)) q
        FROM VALUES
          (1, 7, 2, 10, 1.25, 0.5, 10.00, 3.000), (2, -7, 2, -10, -1.25, 0.25, -10.01, 7.125),
          (3, 7, -2, 3, 100.5, -3.75, 99.99, -0.001), (4, -7, -2, -3, 0.1, 0.2, 0.01, 1.000),
          (5, 0, 5, 0, 0.0, 1.0, 0.00, 9.999), (6, null, 3, null, null, 2.0, null, 2.000),
          (7, 3, null, 4, 3.0, null, 5.55, null), (8, null, null, null, null, null, null, null),
          (9, 1000, 999, 123456789012, 12345.678, 0.001, 1234567890.12, 12345.678),
          (10, 1, 3, 2, 2.5, 7.5, 2.50, 0.500), (11, 2, 3, 1, 3.5, 1.5, 3.50, 0.250)
        AS t(id, a, b, c, x, y, p, q)
        """);
    write(
        spark,
        folder.resolve("strings"),
        """
        SELECT id, s, t, CAST(s AS BINARY) AS bin FROM VALUES
          (1, 'hello', 'l'), (2, '', ''), (3, null, 'x'), (4, '  padded  ', ' '),
          (5, 'Straße', 'ß'), (6, 'ÀÉÎ õü', 'é'), (7, '😀emoji😀', '😀'), (8, 'ﬁne İstanbul', 'ﬁ'),
          (9, 'a%b_c', '%'), (10, 'line\\nbreak', '\\n'), (11, 'quote\\'s "x"', '"'),
          (12, 'ALL CAPS', 'A'), (13, '123', '2'), (14, ' 42 ', '4'), (15, '-17', '-'),
          (16, '3.75', '.'), (17, '1e3', 'e'), (18, 'true', 't'), (19, '2024-02-29', '-'),
          (20, '2024-02-30', '0'), (21, 'null', 'null'), (22, 'tab\\tbed', '\\t'),
          (23, 'back\\\\slash', '\\\\'), (24, 'zz', null), (25, '日本語テキスト', '本'),
          (26, '\u00a0no-break\u3000', '\u00a0'), (27, '\u2003\u200b\ufeff\u0085', '\u2003')
        AS t(id, s, t)
        """);
    write(
        spark,
        folder.resolve("times"),
        """
        SELECT id, CAST(d AS DATE) d, CAST(ts AS TIMESTAMP) ts, CAST(ts AS TIMESTAMP_NTZ) ntz, n
        FROM VALUES
          (1, '2024-02-29', '2024-02-29 12:34:56.789123', 1), (2, '1999-12-31', '1999-12-31 23:59:59.999999', -1),
          (3, '1970-01-01', '1970-01-01 00:00:00', 0), (4, '1969-12-31', '1969-12-31 23:59:59.5', 12),
          (5, null, null, 3), (6, '2024-03-10', '2024-03-10 10:30:00', 24), (7, '2024-11-03', '2024-11-03 08:30:00', -12),
          (8, '1582-10-15', '1582-10-15 01:02:03', 1), (9, '1500-03-01', '1500-03-01 04:05:06', 2),
          (10, '9999-12-31', '9999-12-30 23:59:59.999999', null), (11, '0001-01-01', '0001-01-03 00:00:00', 5),
          (12, '2021-01-31', '2021-01-31 15:00:00', 1), (13, '2023-01-01', '2023-01-01 00:00:00', 13),
          (14, '1883-11-18', '1883-11-18 20:00:00', 4), (15, '2020-12-28', '2020-12-28 07:08:09.1', 7)
        AS t(id, d, ts, n)
        """);
    write(
        spark,
        folder.resolve("nested"),
        """
        SELECT id, a, st, m, x FROM VALUES
          (1, array(1, 2, 3), named_struct('a', 1, 'b', 'x'), map('k', 1, 'l', 2), array('p', null)),
          (2, array(), named_struct('a', null, 'b', ''), map(), array()),
          (3, null, null, null, null),
          (4, array(3, null, 1, 3), named_struct('a', -5, 'b', 'é'), map('é', null), array('q', 'q', 'r'))
        AS t(id, a, st, m, x)
        """);
    write(
        spark,
        folder.resolve("deep"),
        """
        SELECT id, CAST(bs AS ARRAY<TINYINT>) bs, CAST(ls AS ARRAY<BIGINT>) ls, CAST(fs AS ARRAY<FLOAT>) fs,
          CAST(ds AS ARRAY<DOUBLE>) ds, CAST(decs AS ARRAY<DECIMAL(38,10)>) decs,
          CAST(small AS ARRAY<DECIMAL(9,2)>) small, CAST(ss AS ARRAY<STRING>) ss,
          transform(ss, s -> CAST(s AS BINARY)) bins, CAST(bools AS ARRAY<BOOLEAN>) bools,
          CAST(days AS ARRAY<DATE>) days, CAST(ts AS ARRAY<TIMESTAMP>) ts,
          CAST(ts AS ARRAY<TIMESTAMP_NTZ>) ntz, CAST(aa AS ARRAY<ARRAY<INT>>) aa,
          CAST(m AS MAP<STRING, DOUBLE>) m, CAST(dm AS MAP<DATE, ARRAY<STRING>>) dm,
          CAST(st AS STRUCT<`A b`: DOUBLE, d: DATE, in: STRUCT<x: BINARY, l: ARRAY<STRUCT<t: TIMESTAMP>>>>) st
        FROM VALUES
          (1, array(1, -128, 127), array(1L, 9223372036854775807L, -9223372036854775807L - 1),
            array('1.5', 'NaN', '-0.0', 'Infinity', '3.4028235E38', '1.4E-45', '0.1'),
            array('1.5', 'NaN', '-0.0', '-Infinity', '1.7976931348623157E308', '4.9E-324', '0.1', '123456789.123'),
            array('1', '-9999999999999999999999999999.9999999999', '0.0000000001', '0'),
            array(1.10, -9999999.99, 0.00),
            array('', 'a"b', 'back\\\\slash', 'tab\\tnl\\ncr\\r', '\\u0001\\u001f\\u007f', '😀', '日本', ' ', 'null', '[1,2]', '{"a":1}'),
            array(true, false, null), array('0001-01-01', '1582-10-15', '1969-12-31', '9999-12-31', null),
            array('0001-01-03 00:00:00', '1969-12-31 23:59:59.999999', '2024-11-03 08:30:00.123456', '9999-12-30 00:00:00', null),
            array(array(1, null), array(), null), map('a', 'NaN', '', null, 'é"\\\\', '-0.0'),
            map(DATE'0001-01-01', array('x', null), DATE'2024-02-29', null),
            named_struct('A b', '-0.0', 'd', '2024-02-29', 'in', named_struct('x', 'bin', 'l', array(named_struct('t', '2024-03-10 10:30:00'), null)))),
          (2, array(), array(), array(), array(), array(), array(), array(), array(), array(), array(), array(), map(), map(),
            named_struct('A b', null, 'd', null, 'in', null)),
          (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
          (4, array(3, null, 1, 3), array(null), array(null, '2.5', '2.5'), array('2.5', null, 'NaN', '0.0', '-0.0', '2.5'),
            array(null, '2.5', '2.5'), array(null, 2.50), array('b', null, 'a', 'b', 'B'), array(null), array('2024-02-29', '2024-02-29'),
            array('2024-02-29 12:00:00', '2024-02-29 12:00:00'), array(array(2, 1), array(1), array(2, 1)),
            map('k', '1', 'l', '2', 'm', '0.5'), map(DATE'1999-12-31', array()),
            named_struct('A b', '1.25', 'd', '1500-03-01', 'in', named_struct('x', null, 'l', array())))
        AS t(id, bs, ls, fs, ds, decs, small, ss, bools, days, ts, aa, m, dm, st)
        """);
    write(
        spark,
        folder.resolve("sales"),
        """
        SELECT CAST(id AS INT) id,
          CASE WHEN id % 11 = 0 THEN NULL ELSE concat('region ', id % 4) END region,
          concat('p', id * 7 % 10) product,
          date_add(DATE'2024-01-01', CAST(id * 13 % 90 AS INT)) day,
          CAST(id * 31 % 17 AS INT) qty,
          CAST((id * 7919 % 10007) / 100.0 AS DECIMAL(12,2)) price,
          CASE WHEN id % 13 = 0 THEN NULL ELSE (id * 104729 % 1009) / 8.0D END score
        FROM range(1, 241) AS t(id)
        """);
    write(spark, folder.resolve("nothing"), "SELECT 1 AS a, 'x' AS b WHERE false");
  }

  private static void write(SparkSession spark, Path path, String sql) {
    spark.sql(sql).coalesce(1).write().parquet(path.toString());
  }
}
