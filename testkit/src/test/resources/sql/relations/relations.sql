SELECT fact.id, n.id, fact.region FROM sales fact JOIN numbers n ON fact.qty = n.id WHERE fact.id < 50;
SELECT s.id, n.id FROM sales s LEFT JOIN numbers n ON s.qty = n.id AND n.id > 5 WHERE s.id < 30;
SELECT n.id, s.id FROM sales s RIGHT JOIN numbers n ON s.id = n.l;
SELECT n.id, s.id FROM sales s FULL OUTER JOIN numbers n ON s.id = n.i;
SELECT n.id, m.id FROM numbers n CROSS JOIN nested m;
SELECT * FROM numbers n LEFT SEMI JOIN sales s ON n.id = s.id;
SELECT id FROM numbers n LEFT ANTI JOIN sales s ON n.i = s.id;
SELECT id, region FROM sales JOIN ints USING (id);
SELECT * FROM ints NATURAL JOIN (SELECT id, region FROM sales) s;
SELECT a.id, b.id FROM ints a JOIN ints b ON a.a < b.a;
SELECT id FROM sales WHERE qty IN (SELECT id FROM numbers WHERE dec > 0);
SELECT id FROM sales WHERE qty NOT IN (SELECT id FROM numbers WHERE id < 10);
SELECT id FROM sales WHERE qty NOT IN (SELECT b FROM numbers);
SELECT id FROM sales fact WHERE EXISTS (SELECT 1 FROM numbers n WHERE n.id = fact.qty AND n.dec > 1);
SELECT id FROM sales fact WHERE NOT EXISTS (SELECT 1 FROM numbers n WHERE n.id = fact.qty);
SELECT id, (SELECT max(dec) FROM numbers) m, (SELECT count(*) FROM numbers n WHERE n.id = fact.qty) c FROM sales fact WHERE id < 40;
SELECT id FROM sales s WHERE qty > (SELECT avg(qty) FROM sales t WHERE t.region = s.region);
SELECT id, (qty, id) IN (SELECT a, id FROM ints), qty IN (SELECT a FROM ints), qty NOT IN (SELECT a FROM ints) FROM sales WHERE id < 20;
SELECT id FROM sales WHERE (qty, id) NOT IN (SELECT a, id FROM ints) OR qty IN (SELECT b FROM ints);
-- expect: error SCALAR_SUBQUERY_TOO_MANY_ROWS
SELECT (SELECT id FROM numbers) FROM sales;
WITH a AS (SELECT region, sum(qty) q FROM sales GROUP BY region), b AS (SELECT * FROM a WHERE q > 100) SELECT x.region, y.q FROM a x JOIN b y ON x.region = y.region ORDER BY 1, 2;
WITH a AS (SELECT id, qty FROM sales) SELECT * FROM a WHERE qty = (SELECT max(qty) FROM a);
SELECT id FROM ints UNION SELECT id FROM numbers;
SELECT id, a FROM ints UNION ALL SELECT id, l FROM numbers;
SELECT a FROM ints EXCEPT SELECT i FROM numbers;
SELECT a FROM ints EXCEPT ALL SELECT b FROM ints;
SELECT a FROM ints INTERSECT SELECT b FROM ints;
SELECT b FROM ints INTERSECT ALL SELECT a FROM ints;
SELECT p, 'x' FROM ints UNION SELECT n, t FROM numbers JOIN strings USING (id);
SELECT id, qty FROM sales ORDER BY qty DESC, id LIMIT 7;
SELECT id, qty FROM sales ORDER BY qty, id LIMIT 5 OFFSET 3;
SELECT id FROM sales ORDER BY region NULLS LAST, score DESC NULLS FIRST, id;
SELECT id, d FROM numbers ORDER BY d, id;
-- expect: uncomparable
SELECT id FROM sales LIMIT 3;
SELECT region r, qty * 2 AS dbl, dbl + 1 AS more FROM sales WHERE id < 10;
SELECT * EXCEPT (region, score) FROM sales WHERE id < 5;
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(x, y);
SELECT x, y FROM VALUES (1, 1.5), (NULL, 2.25) AS t(x, y) WHERE x IS NULL OR y > 1;
SELECT id, id * 2 FROM range(5);
SELECT fact.id, t.m FROM sales fact, LATERAL (SELECT max(n.id) m FROM numbers n WHERE n.id < fact.qty) t WHERE fact.id < 20;
SELECT region, product, max(q) FROM (SELECT region, product, sum(qty) q FROM sales GROUP BY region, product) GROUP BY region, product ORDER BY 1, 2;
FROM sales |> WHERE qty > 10 |> AGGREGATE sum(qty) AS q GROUP BY region |> ORDER BY q;
SELECT region FROM sales GROUP BY region ORDER BY count(*) DESC, region;
SELECT DISTINCT region FROM sales ORDER BY region;
SELECT id AS `a b`, qty AS `SELECT`, price AS `x``y` FROM sales WHERE id = 1;
SELECT id, id FROM ints;
SELECT t1.id, t2.id, t3.id FROM ints t1 LEFT JOIN numbers t2 ON t1.a = t2.id LEFT JOIN (SELECT id + 1 AS id FROM ints WHERE a > 0) t3 ON t3.id = t2.id;
-- expect: refused OPERATOR_NOT_SUPPORTED
SELECT id FROM sales TABLESAMPLE (100 PERCENT) WHERE id < 3;
-- expect: refused NOT_DETERMINISTIC
SELECT rand() FROM sales;
-- expect: error TABLE_OR_VIEW_NOT_FOUND
SELECT * FROM missing;
-- expect: error UNRESOLVED_COLUMN.WITH_SUGGESTION
SELECT colour FROM sales;
-- expect: error PARSE_SYNTAX_ERROR
SELEC 1;
SELECT x, count(*) FROM (SELECT 1 AS x, id FROM sales) GROUP BY x;
SELECT x, id FROM (SELECT 1 AS x, id FROM ints) ORDER BY x, id;
SELECT x, r, count(*) FROM (SELECT 'a' AS x, region AS r FROM sales) GROUP BY x, r ORDER BY x, r;
SELECT (id > 3) = (a = b), (a = b) IS NULL, NOT (a = b), NOT a IS NULL, -(-a), a - (-b), a - (b - c), (a + b) * c, NOT (a > 1 AND b > 1 OR c > 1) FROM ints WHERE a < 100;
SELECT i = -2147483648, l = -9223372036854775808, b = -128 FROM numbers;
