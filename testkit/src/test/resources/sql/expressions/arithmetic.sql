SELECT id, a + b, a - b, a * b, c + a, -a, +a, abs(a), a & b, a | b, a ^ b, ~a, a % nullif(b, 0), c % 7,
  a / b, c / a FROM ints WHERE a <> 0;
SELECT id, a div b, c div 3, pmod(a, b), mod(a, b), x / y, x + y, x - y, x * y, x % y, -x FROM ints WHERE y IS NULL OR y <> 0;
SELECT id, p + q, p - q, p * q, p + a, q * a, -p, abs(q), p + 1, p * 1.5, 100 - p, p + x FROM ints;
SELECT id, p / q, q / p, p / 3, a / p, p / 2.5, 1 / q FROM ints WHERE p <> 0 AND q <> 0;
SELECT id, p % q, p div q, round(p, 1), round(p), round(p, -1), round(x, 1), round(x), bround(x, 1), bround(p, 1), ceil(p), floor(p),
  ceil(x), floor(x), ceil(q), floor(q), ceil(a), ceil(p, 1), floor(x, 1) FROM ints WHERE q <> 0;
SELECT id, sqrt(abs(x)), exp(x / 1000), ln(x), log10(x), log2(x), log(2, x), pow(x, 2), sin(x), cos(x), tan(y), asin(y), acos(y), atan(x), atan2(x, y),
  cbrt(x), sinh(y), cosh(y), tanh(x), degrees(x), radians(x), signum(x), rint(x), hypot(x, y), expm1(y), log1p(y), factorial(b) FROM ints;
SELECT id, n + n, n - n, dec + n, dec * dec, dec * n, dec / nullif(n, 0), dec - 1.0, dec = n, dec > n FROM numbers WHERE id NOT IN (4, 5);
SELECT id, big, big > 0, big = 0, -big, abs(big) FROM numbers WHERE id NOT IN (4, 5);
-- expect: error NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION
SELECT -big FROM numbers;
-- expect: error NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION
SELECT abs(big) FROM numbers;
SELECT big > 0 FROM numbers;
SELECT big = 0 FROM numbers;
SELECT CAST(big AS DECIMAL(38, 2)) FROM numbers;
SELECT id, d + d, d * 2, d - d, -d, abs(d), d / 3, f + f, f * 2, f + d, -f, f / 3 FROM numbers;
SELECT id, d = d, d > 0, d < d + 1, d <=> NULL, isnan(d), nanvl(d, 0.0D), d IN (1, 2.5, double('NaN')), d BETWEEN 0 AND 10, f = d, greatest(d, 0D), least(d, f) FROM numbers;
SELECT id, shiftleft(a, 33), shiftright(a, 1), shiftrightunsigned(c, 2), bit_count(a), hex(a), bin(c), conv('ff', 16, 10), width_bucket(x, 0, 10, 5) FROM ints;
SELECT id, b + CAST(1 AS TINYINT), s * CAST(2 AS SMALLINT), b + s, i + l, b / s, bool, NOT bool FROM numbers WHERE id NOT IN (4, 5) AND (s IS NULL OR s <> 0);
-- expect: error DIVIDE_BY_ZERO
SELECT a / (b - b) FROM ints;
-- expect: error DIVIDE_BY_ZERO
SELECT a % (a - a) FROM ints;
-- expect: error DIVIDE_BY_ZERO
SELECT p / (p - p) FROM ints;
-- expect: error ARITHMETIC_OVERFLOW
SELECT i + 1 FROM numbers;
-- expect: error ARITHMETIC_OVERFLOW
SELECT l * 2 FROM numbers;
-- expect: error ARITHMETIC_OVERFLOW
SELECT sum(l) FROM numbers WHERE l > 0;
-- expect: error ARITHMETIC_OVERFLOW
SELECT -i FROM numbers;
SELECT id, ~a % 5, (~a) * b, ~a + 1, -(~a), ~a = b, ~(a % 5) FROM ints;
SELECT id, greatest(x, -x), least(-x, x) FROM ints;
SELECT id, greatest(d, -d), least(f, -f), greatest(d, CAST(f AS DOUBLE)) FROM numbers;
SELECT id, sum(p) / sum(q) / sum(q) * 100, (p / q) / q, sum(p) OVER () / q / 3 FROM ints WHERE q <> 0 GROUP BY id, p, q;
-- Spark puts the constants of nested sums together, which decides what overflows.
SELECT id, try_add(1Y, try_add(-128Y, b)), try_multiply(2, try_multiply(i, 3)), try_add(try_add(s, 5S), 6S), try_add(try_add(l, 1L), -2L) FROM numbers;
SELECT x.id, y.id AS yid, try_add(x.s, try_add(y.s, ~(13847S))), try_add(x.b, try_add(y.b, 1Y - 2Y)) FROM numbers x CROSS JOIN numbers y;
SELECT id FROM ints WHERE a IN (SELECT try_add(x.i, try_add(y.i, ~(7))) FROM numbers x CROSS JOIN numbers y);
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT id, try_add(s, try_add(b, if(true, 5S, s))) FROM numbers;
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT id, try_add(x, 1Y) FROM (SELECT id, try_add(-128Y, b) AS x FROM numbers);
SELECT id, 1 + (a + 1), (a * 2) * 3, 1 - (a - 1) FROM ints;
SELECT id, CAST(big AS DECIMAL(36, 2)) * 0.0001000000, 1.000000000000 * CAST(big AS DECIMAL(36, 2)), -0.2500000000 * CAST(n AS DECIMAL(38, 4)),
  CAST(big AS DECIMAL(36, 2)) * 0.0000000000, CAST(n AS DECIMAL(38, 4)) * 1200.0000000000 FROM numbers;
SELECT id, CAST(big AS DECIMAL(36, 2)) * 0.00010000001, CAST(n AS DECIMAL(38, 4)) * 0.1250000000 FROM numbers;
-- expect: error NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION
SELECT CAST(big AS DECIMAL(36, 2)) * 100000000000000.0000000000 FROM numbers;
