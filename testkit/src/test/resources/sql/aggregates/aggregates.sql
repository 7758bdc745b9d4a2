SELECT region, count(*), count(score), count(DISTINCT product), sum(qty), avg(qty), min(price), max(price), sum(price), avg(price), sum(score), avg(score), max(score), min(product) FROM sales GROUP BY region;
SELECT count(*), sum(qty), avg(price), max(day), min(score), count(DISTINCT region, product) FROM sales;
SELECT count(*), sum(a), max(b), avg(a) FROM nothing;
SELECT b, count(*), sum(a) FROM nothing GROUP BY b;
SELECT region, product, sum(qty) FROM sales GROUP BY ROLLUP(region, product);
SELECT region, product, sum(qty), grouping(region), grouping_id(region, product) FROM sales GROUP BY CUBE(region, product);
SELECT region, product, day > DATE'2024-02-01' AS late, count(*) FROM sales GROUP BY GROUPING SETS ((region), (product, day > DATE'2024-02-01'), ());
SELECT region, sum(qty) q FROM sales GROUP BY region HAVING sum(qty) > 400 AND count(*) > 10 ORDER BY q;
SELECT qty % 3 AS k, sum(price) FILTER (WHERE qty > 5), count(*) FILTER (WHERE region IS NULL), sum(DISTINCT qty), avg(DISTINCT qty) FROM sales GROUP BY qty % 3;
SELECT region, bool_and(qty > 0), bool_or(qty > 15), every(qty < 100), count_if(qty > 8), stddev(score), variance(score), stddev_pop(score), var_pop(qty), bit_and(qty), bit_or(qty), bit_xor(qty) FROM sales GROUP BY ALL;
SELECT upper(region) u, year(day) y, sum(price * qty) FROM sales GROUP BY upper(region), year(day);
SELECT d, count(*) FROM numbers GROUP BY d;
SELECT f, d, count(*) FROM numbers GROUP BY f, d;
SELECT DISTINCT d FROM numbers;
SELECT DISTINCT region, qty > 5 FROM sales;
SELECT 1 FROM sales HAVING true;
SELECT 1 FROM nothing GROUP BY 1;
SELECT sum(n), avg(n), sum(dec), avg(dec), avg(big), max(big), min(n) FROM numbers WHERE id NOT IN (4, 5);
SELECT avg(p), avg(q), sum(p * q), avg(p * q), sum(p) / sum(q), sum(p) / count(*) FROM ints;
SELECT region, collect_list(qty) FROM sales GROUP BY region;
-- expect: uncomparable
SELECT region, first(qty), any_value(product) FROM sales GROUP BY region;
SELECT approx_count_distinct(qty) FROM sales;
SELECT max(struct(qty, region)) FROM sales;
SELECT k, max(v) FROM (SELECT id % 2 AS k, id AS v FROM sales UNION ALL SELECT 3, 4) GROUP BY k;
-- set: spark.sql.ansi.enabled=false
SELECT sum(l), avg(l) FROM numbers WHERE id NOT IN (4, 5);
SELECT region, sum(qty), avg(price), sum(price) FROM sales GROUP BY region;
SELECT w, avg(l), avg(i) FROM (SELECT id % 2 AS w, l, i FROM numbers WHERE id <> 5) GROUP BY w;
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT corr(DISTINCT x, y) FROM ints;
SELECT count(a, x), count(DISTINCT a, p), count(a, b, id) FROM ints;
-- Beside a constant NULL, the other value is worked out all the same.
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT count(1 / (id - 5), CAST(NULL AS INT)) FROM strings;
