-- ansi: both
SELECT region, collect_set(qty), array_agg(qty), collect_list(region), collect_set(score > 3) FROM sales GROUP BY region;
SELECT region, size(collect_set(product)), size(collect_list(score)) FROM sales GROUP BY region;
SELECT collect_list(a), collect_set(b) FROM nothing;
SELECT q, s FROM (SELECT region q, collect_set(day) s FROM sales GROUP BY region) WHERE size(s) > 3;
-- expect: uncomparable, same
SELECT region, collect_list(qty)[0] FROM sales GROUP BY region;
SELECT region, collect_list(DISTINCT qty), collect_list(struct(id, qty)), collect_set(named_struct('p', product)) FROM sales GROUP BY region;
-- expect: refused TYPE_NOT_SUPPORTED
SELECT collect_set(d) FROM numbers;
-- expect: uncomparable, same
SELECT region, max_by(id, id), min_by(id, id), max_by(product, id), min_by(score, id), max_by(score, id) FROM sales GROUP BY region;
-- expect: uncomparable, same
SELECT max_by(id, d), min_by(id, d), max_by(dec, id), min_by(dec, b), max_by(id, struct(b, id)) FROM numbers WHERE id NOT IN (8, 11);
SELECT id, max_by(qty, id) OVER (PARTITION BY region ORDER BY id) FROM sales;
SELECT region, listagg(product, ',') WITHIN GROUP (ORDER BY product) FROM sales GROUP BY region;
-- expect: uncomparable, same
SELECT region, listagg(DISTINCT product, ',') WITHIN GROUP (ORDER BY product DESC), listagg(product) WITHIN GROUP (ORDER BY id) FROM sales GROUP BY region;
-- expect: uncomparable, same
SELECT region, string_agg(product, '-') FROM sales GROUP BY region;
SELECT listagg(s, ';') WITHIN GROUP (ORDER BY s NULLS LAST), string_agg(t) WITHIN GROUP (ORDER BY t DESC) FROM strings;
-- expect: uncomparable, same
SELECT listagg(b) FROM nothing;
SELECT region, try_sum(qty), try_avg(price), try_sum(price), try_avg(qty), try_sum(score) FROM sales GROUP BY region;
SELECT try_sum(l) FROM numbers WHERE id IN (1, 4, 9);
SELECT k, try_sum(x), try_avg(x), try_sum(m), try_avg(m), try_sum(y), try_avg(y) FROM (SELECT id % 3 AS k, IF(id % 3 = 0, 9223372036854775807, -id) AS x, CAST(id - 5 AS DECIMAL(38, 1)) AS m, make_ym_interval(IF(id % 3 = 2, 178956970, id)) AS y FROM sales WHERE id < 11) GROUP BY k;
SELECT id, try_sum(x) OVER (ORDER BY id), try_avg(x) OVER (ORDER BY id) FROM (SELECT id, IF(id = 7, 9223372036854775807, id) AS x FROM sales WHERE id < 11);
SELECT try_avg(l) FROM numbers WHERE id IN (1, 4, 9);
-- expect: error ARITHMETIC_OVERFLOW
SELECT sum(l), sum(i), sum(s), avg(i) FROM numbers WHERE id IN (1, 4, 9);
-- expect: rerun
SELECT try_sum(big), try_avg(big) FROM numbers;
SELECT try_sum(big), try_avg(big) FROM numbers WHERE id < 4;
SELECT region, max(struct(qty, id)), min(struct(product, id)), max(array(qty, id)), max(struct(score, id)), min(struct(score, id)) FROM sales GROUP BY region;
SELECT max(st), min(st), max(a), min(a), max(x), min(x) FROM nested;
SELECT id, max(struct(qty, id)) OVER (PARTITION BY region) FROM sales;
-- expect: refused FUNCTION_NOT_SUPPORTED
SELECT histogram_numeric(qty, 5) FROM sales;
WITH c AS (SELECT region, collect_set(qty) q, sum(score) s FROM sales GROUP BY region) SELECT * FROM c UNION ALL SELECT * FROM c;
-- set: spark.sql.ansi.enabled=false
SELECT sum(l), sum(i), sum(s), avg(i) FROM numbers;
SELECT region, sum(qty), try_sum(qty) FROM sales GROUP BY region;
